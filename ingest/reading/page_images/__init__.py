"""A page of a PDF as an image, with the words of a passage highlighted."""
