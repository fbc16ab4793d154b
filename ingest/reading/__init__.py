"""Reading: a file to sections, in a child process."""
