"""A library without its pages, to be killed: documents go into the trash and back, backups are made and restored.

`python -m tests.ingest.backup.killed HOME SEED trash` removes, restores, empties and makes backups without end;
`… restore` restores the backup HOME/good.zip over the library again and again; `… rebuild` makes its store anew. A JSON
line says what is about to be deleted for good.
"""

import json
import random
import sys
from pathlib import Path

from ingest import Library, Settings
from ingest.backup.restore import restore_backup
from ingest.backup.write import write_backup
from ingest.embedding.bi_encoder import load_bi_encoder
from ingest.pipeline.rebuild import rebuild
from tests.ingest.backup.test_killed import document_of, put_file
from tests.ingest.store.stored import add_document

SETTINGS = Settings(_env_file=None).model_copy(update={"free_megabytes": 0})


def main() -> None:
    """Work until somebody kills the process."""
    home, seed, what = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    settings = SETTINGS.model_copy(update={"library": home / "library"})
    if what == "restore":
        say({"ready": True})
        while True:
            restore_backup(home / "good.zip", settings, replace=True)
            say({"restored": True})
    if what == "rebuild":
        load_bi_encoder(settings)
        say({"ready": True})
        while True:
            outcomes = rebuild(settings)
            say({"rebuilt": True, "failed": sum(outcome.status == "failed" for outcome in outcomes)})
    with Library(settings) as library:
        say({"ready": True})
        meddle(library, home, random.Random(seed))


def meddle(library: Library, home: Path, chance: random.Random) -> None:
    """Remove, restore, empty, add again and back up, in any order."""
    made = 0
    while True:
        held, removed = library.documents(), library.trash.documents()
        step = chance.random()
        if step < 0.35 and held:
            library.remove(chance.choice(held).id)
        elif step < 0.65 and removed:
            library.trash.restore(chance.choice(removed).document.id)
        elif step < 0.75 and removed:
            gone = chance.choice(removed).document.id
            say({"emptying": gone})
            library.empty_trash([gone])
            say({"emptied": gone})
            number = int(gone, 16)
            say({"adding": gone})
            put_file(library, number)
            add_document(library, document_of(number))
            say({"added": gone})
        elif step < 0.9:
            made += 1
            write_backup(library, home / f"{chance.getrandbits(64):x}-{made}.zip")


def say(line: dict[str, object]) -> None:
    """One line to whoever will kill this."""
    print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
