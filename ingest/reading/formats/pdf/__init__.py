"""PDF files: their text in reading order, with tables, headings and OCR."""
