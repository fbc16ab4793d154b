"""Units of what people set and read."""

# The megabyte of all limits that people set or see, in bytes.
MEGABYTE = 1_000_000
