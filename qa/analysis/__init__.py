"""Text analysis: the words of a text as comparable terms, and the concepts of a question."""
