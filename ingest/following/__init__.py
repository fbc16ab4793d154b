"""Followed folders: what is new or changed in a folder of this machine comes in by itself; nothing goes by itself."""
