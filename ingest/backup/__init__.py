"""Backup and restore: a library as one file that another machine and a later version can read."""
