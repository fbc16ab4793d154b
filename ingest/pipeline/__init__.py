"""The pipeline: read, split, embed and store a file, or embed the library again."""
