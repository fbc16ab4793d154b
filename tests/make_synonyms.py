"""Make `qa/analysis/synonyms.txt.gz` from the files of WordNet 3.0 (on Debian: apt-get install wordnet-base).

    python -m tests.make_synonyms /usr/share/wordnet

Kept are single words of at least three letters, each with the words that share one of its first six senses,
in the forms by which words are compared. Later senses are rare, and join words that few people would exchange. An
irregular form ("stolen") has the synonyms of its word ("steal"). The name of a country, where it has no other meaning,
has the word "country": what is said of all countries is said of this one.
"""

import gzip
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from qa.analysis.word_forms import form

KINDS = ("noun", "verb", "adj", "adv")
SENSES = 6
COUNTRY = "country"
WORD = re.compile(r"[a-z]{3,}")
TARGET = Path(__file__).parents[1] / "qa" / "analysis" / "synonyms.txt.gz"
# The licence asks that this text goes with the data.
NOTICE = """# Words with the same meaning, from WordNet 3.0.
# This software and database is being provided to you, the LICENSEE, by
# Princeton University under the following license.  By obtaining, using
# and/or copying this software and database, you agree that you have
# read, understood, and will comply with these terms and conditions.:
#
# Permission to use, copy, modify and distribute this software and
# database and its documentation for any purpose and without fee or
# royalty is hereby granted, provided that you agree to comply with
# the following copyright notice and statements, including the disclaimer,
# and that the same appear on ALL copies of the software, database and
# documentation, including modifications that you make for internal
# use or for distribution.
#
# WordNet 3.0 Copyright 2006 by Princeton University.  All rights reserved.
#
# THIS SOFTWARE AND DATABASE IS PROVIDED "AS IS" AND PRINCETON
# UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES, EXPRESS OR
# IMPLIED.  BY WAY OF EXAMPLE, BUT NOT LIMITATION, PRINCETON
# UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES OF MERCHANT-
# ABILITY OR FITNESS FOR ANY PARTICULAR PURPOSE OR THAT THE USE
# OF THE LICENSED SOFTWARE, DATABASE OR DOCUMENTATION WILL NOT
# INFRINGE ANY THIRD PARTY PATENTS, COPYRIGHTS, TRADEMARKS OR
# OTHER RIGHTS.
#
# The name of Princeton University or Princeton may not be used in
# advertising or publicity pertaining to distribution of the software
# and/or database.  Title to copyright in this software, database and
# any associated documentation shall at all times remain with
# Princeton University and LICENSEE agrees to preserve same.
"""


def main(folder: Path) -> None:
    """Write the file: a word and the forms of its synonyms a line."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for kind in KINDS:
        synsets = dict(_synsets(folder / f"data.{kind}"))
        for word, senses in _words(folder / f"index.{kind}"):
            found[word].update(other for sense in senses for other in synsets[sense] if other != word)
    for kind in KINDS:
        for irregular, word in _irregular(folder / f"{kind}.exc"):
            found[irregular].update({word, *found.get(word, ())})
    for name in _names_of_countries(folder):
        found[name].add(COUNTRY)
    others = {word: sorted({form(other) for other in others} - {form(word)}) for word, others in found.items()}
    lines = [" ".join([word, *others[word]]) for word in sorted(found) if others[word]]
    with TARGET.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        file.write((NOTICE + "\n".join(lines) + "\n").encode("ascii"))
    print(f"{len(lines)} words, {TARGET.stat().st_size / 1000:.0f} kB")


def _synsets(path: Path) -> Iterator[tuple[str, list[str]]]:
    """The single words of each synset, by its number. The format is that of wndb(5WN)."""
    for line in _lines(path):
        parts = line.split()
        words = [parts[4 + 2 * at].partition("(")[0].lower() for at in range(int(parts[3], 16))]
        yield parts[0], [word for word in words if WORD.fullmatch(word)]


def _words(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Each single word with the numbers of its synsets that are kept, the most frequent first."""
    for line in _lines(path):
        parts = line.split()
        if WORD.fullmatch(parts[0]):
            yield parts[0], parts[-int(parts[2]) :][:SENSES]


def _names_of_countries(folder: Path) -> Iterator[str]:
    """The words that are the name of a country, and else only names."""
    instance_of = {number: {to for kind, to in above if kind == "@i"} for number, above in _above(folder / "data.noun")}
    countries = _countries(folder / "data.noun")
    others = {word for kind in KINDS if kind != "noun" for word, _ in _words(folder / f"index.{kind}")}
    for word, senses in _words(folder / "index.noun"):
        named = [instance_of[sense] for sense in senses]
        if word not in others and all(named) and any(not countries.isdisjoint(each) for each in named):
            yield word


def _countries(path: Path) -> set[str]:
    """The numbers of the synset of countries and of all kinds of them."""
    kinds = {number: {to for kind, to in above if kind == "@"} for number, above in _above(path)}
    found = {number for number, words in _synsets(path) if words[:3] == [COUNTRY, "state", "land"]}
    while more := {number for number, above in kinds.items() if not found.isdisjoint(above)} - found:
        found |= more
    return found


def _above(path: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each synset with the kinds ("@" or "@i" for an instance) and numbers of those above it."""
    for line in _lines(path):
        parts = line.partition(" | ")[0].split()
        rest = parts[5 + 2 * int(parts[3], 16) :]
        yield parts[0], [(kind, to) for kind, to in zip(rest[::4], rest[1::4], strict=False) if kind in {"@", "@i"}]


def _irregular(path: Path) -> Iterator[tuple[str, str]]:
    """Each irregular form with its word."""
    for line in _lines(path):
        irregular, word = line.split()[:2]
        if WORD.fullmatch(irregular) and WORD.fullmatch(word):
            yield irregular, word


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="latin-1") as file:
        yield from (line for line in file if not line.startswith("  "))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
