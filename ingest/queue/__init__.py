"""The queue: files that wait, the worker that adds them, and how long it will take."""
