"""The pipeline: a file read, split, embedded and stored; or the library embedded again."""
