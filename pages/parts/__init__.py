"""The parts of the pages: what a person sees, a part a file."""
