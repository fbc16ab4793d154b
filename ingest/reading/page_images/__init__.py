"""A page of a PDF as a picture, with the words of a passage outlined."""
