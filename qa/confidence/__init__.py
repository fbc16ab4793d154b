"""Confidence: how likely it is that a hit answers, and what is said of it."""
