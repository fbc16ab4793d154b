"""Confidence: how likely it is that a hit answers the question, and its verdict."""
