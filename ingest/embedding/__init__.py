"""Embedding: texts to vectors by the bi-encoder, bundled or named."""
