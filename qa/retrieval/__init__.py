"""Retrieval: a question to at most 100 candidates, dense, lexical or hybrid."""
