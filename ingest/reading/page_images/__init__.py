"""A page of a PDF or a picture as an image, with the words of a passage highlighted."""
