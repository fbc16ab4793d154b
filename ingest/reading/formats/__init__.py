"""One reader per file type. It takes a path and returns `Contents`. Readers run in a child process, not in the app."""
