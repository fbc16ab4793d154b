"""The app without its pages, to be killed: the library and its worker, adding and removing documents without end.

`python -m tests.ingest.queue.killed LIBRARY FOLDER SEED` says what it promises, a JSON line each, on standard output:
`{"kept": name}` once a job has a file, `{"removed": id}` once a document is gone.
"""

import json
import random
import sys
import threading
from pathlib import Path

from ingest import Library, Settings, Worker
from ingest.embedding.bi_encoder import load_bi_encoder


def main() -> None:
    """Add and remove until somebody kills the process."""
    library_folder, files, seed = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    chance = random.Random(seed)
    settings = Settings(library=library_folder, free_megabytes=0)
    library = Library(settings)
    worker = Worker(library, settings)
    load_bi_encoder(settings)  # it takes longer than this process may live
    say({"ready": True})
    while True:
        held = library.documents()
        under_way = {job.name for job in worker.jobs() if job.going}
        missing = [path for path in sorted(files.iterdir()) if path.name not in under_way | {d.name for d in held}]
        if missing and (len(under_way) < 3 or not held):
            path = chance.choice(missing)
            worker.put(path.name, [path.read_bytes()])
            say({"kept": path.name})
        elif held and chance.random() < 0.5:
            document = chance.choice(held)
            say({"removing": document.id})
            library.remove(document.id)
            say({"removed": document.id})
        threading.Event().wait(chance.random() / 5)


def say(line: dict[str, object]) -> None:
    """One line to whoever will kill this."""
    print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
