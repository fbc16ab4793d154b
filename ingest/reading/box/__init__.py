"""The box: a child process that works on a stranger's bytes and can do nothing else. `enter.py` lists its layers."""
