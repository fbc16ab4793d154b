"""One reader a file type: a path in, `Contents` out. Readers run in a child process and never in the app."""
