"""Damaged files, made by the dozen out of sound ones: each is read, or refused with one sentence, within the limits."""

import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from ingest.errors import CannotRead
from ingest.reading.inside import FileInside, Inside
from ingest.reading.read import Reading, read
from ingest.settings import Settings
from tests.conftest import is_one_sentence, settings_in
from tests.ingest.reading.mutations import Mutated, mutated, originals

# Each costs the start of a process. The whole test, another time with other files, or only with these endings:
# PINPOINT_MUTATIONS=300 PINPOINT_MUTATION_SEED=2 PINPOINT_MUTATED="png svg zip" python -m pytest -n 0 -s
#   tests/ingest/reading/test_mutated.py
MUTATIONS = int(os.environ.get("PINPOINT_MUTATIONS", "24"))
ENDINGS = tuple(f".{ending}" for ending in os.environ.get("PINPOINT_MUTATED", "").split())
SEED = int(os.environ.get("PINPOINT_MUTATION_SEED", "1"))
AT_A_TIME = 2
SECONDS, OCR_SECONDS = 30, 30
# Starting and ending the process, on a machine with other things to do.
GRACE = 10

# What a sentence says that refuses a file in one of these ways; every other sentence is "refused: other".
SAID = {
    "refused: damaged": "is damaged and cannot be read",
    "broke off": "could not be read to the end",
    "time limit": "took too long to read",
    "memory": "needs too much memory to read",
}
WAYS = ("read", *SAID, "refused: other")
# The end of an Outlook e-mail is its words in UTF-16 and nothing else: without its beginning it is a text. So is what
# an archive holds as it is, and a drawing whose mark is gone is XML.
ALSO_FINE = {("Outlook", "Text"), ("tar", "Text"), ("SVG", "XML"), ("SVG", "Text")}


@dataclass(frozen=True, slots=True)
class End:
    """How reading a damaged file ended; `wrong` says what should not be so."""

    file: Mutated
    way: str
    seconds: float
    sentence: str = ""
    wrong: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.file.number} ({self.file.name}, {self.file.how}): {self.way}; {self.sentence or self.wrong}"


@pytest.mark.slow
def test_a_damaged_file_is_read_or_refused_with_one_sentence(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, read_seconds=SECONDS)
    whole = {name: content for name, content in originals(tmp_path).items() if not ENDINGS or name.endswith(ENDINGS)}
    types = {name: read(tmp_path / name, name, settings).type for name in whole}
    made = [mutated(number, SEED, whole) for number in range(MUTATIONS)]
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        ends = list(pool.map(lambda file: end(file, types[file.name], tmp_path, settings), made))
    print("", *table(ends), sep="\n")
    assert [str(found) for found in ends if found.wrong] == []


def end(file: Mutated, kind: str, folder: Path, settings: Settings) -> End:
    """Read a damaged file that was of this kind when it was whole. Anything but CannotRead passes through."""
    path = folder / f"{file.number}-{file.name}"
    path.write_bytes(file.content)
    started = time.monotonic()
    try:
        reading = read(path, file.name, settings, inside=Inside(100, 10**7, 10**6, _unpack))
    except CannotRead as error:
        return _refused(file, str(error), time.monotonic() - started)
    seconds = time.monotonic() - started
    return End(file, "read", seconds, wrong=(*_wrong_with(reading, kind), *_late(seconds, reading.ocr_pages)))


def _unpack(_: FileInside, pieces: Iterator[bytes]) -> None:
    for _piece in pieces:
        pass


def _refused(file: Mutated, sentence: str, seconds: float) -> End:
    way = next((way for way, words in SAID.items() if words in sentence), WAYS[-1])
    wrong = (
        ()
        if is_one_sentence(sentence) and sentence.startswith(("This ", "Pinpoint cannot read this kind of file."))
        else ("This is not one sentence.",)
    )
    # Without a reading, the number of pages with OCR is not known. The child's own clock counts them.
    return End(file, way, seconds, sentence, wrong)


def _wrong_with(reading: Reading, kind: str) -> list[str]:
    wrong = []
    if reading.type != kind and (kind, reading.type) not in ALSO_FINE:
        wrong.append(f"This was a file of kind {kind} and was read as {reading.type}.")
    if not reading.sections and not reading.files and not reading.not_read:
        wrong.append("There are no sections.")
    for section in reading.sections:
        section.text.encode("utf-8")
        (section.heading or "").encode("utf-8")
        if not section.text.strip():
            wrong.append("There is a section without text.")
    return wrong


def _late(seconds: float, ocr_pages: int) -> list[str]:
    return ["This took longer than it may."] if seconds > SECONDS + OCR_SECONDS * ocr_pages + GRACE else []


def table(ends: Sequence[End]) -> list[str]:
    """Lines that say how many files of which kind ended in which way, and how long all of them took."""
    names = list(dict.fromkeys(found.file.name for found in ends))
    counts = Counter((found.file.name, found.way) for found in ends)
    seconds = {name: [found.seconds for found in ends if found.file.name == name] for name in names}
    return [
        f"{'':24}" + "".join(f"{way:>18}" for way in WAYS) + f"{'seconds':>10}{'longest':>10}",
        *(
            f"{name:24}"
            + "".join(f"{counts[name, way]:18}" for way in WAYS)
            + f"{sum(seconds[name]):10.1f}{max(seconds[name]):10.1f}"
            for name in names
        ),
    ]
