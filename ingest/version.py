"""The version of Pinpoint: the year and the month of the last change that people notice; `CHANGELOG.md` says which."""

VERSION = "2026.11"
