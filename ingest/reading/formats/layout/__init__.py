"""From the lines on a page to its text: rows, tables, columns, paragraphs. PDF pages and pictures share it."""
