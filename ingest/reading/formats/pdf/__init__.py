"""PDF files: their text in the order in which a person reads it, with tables, headings and OCR."""
