"""Excel workbooks: what is in their files, and their cells as Excel shows them."""
