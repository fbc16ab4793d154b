"""The child process that does nothing but say which layers of the box are around it."""

import json

from ingest.reading.box.enter import enter


def main() -> None:
    """Enter the box and name its layers."""
    boxed = enter()
    with boxed.answer:
        boxed.answer.write(json.dumps(boxed.layers).encode())


if __name__ == "__main__":
    main()
