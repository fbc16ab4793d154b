"""The store: documents and passages in Chroma, the original files, and the lock that guards them."""
