"""Text analysis: the words of a text as terms that can be compared, and what a question is about."""
