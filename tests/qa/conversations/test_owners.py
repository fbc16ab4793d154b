"""Conversations and judgements belong to their person; a link shows one conversation to the others."""

import pytest

from ingest import Database, NotAllowed
from qa import Conversation, Conversations, Judgements, Turn
from tests.qa.answers import candidate

MIA, TOM = 1, 2
TURN = Turn("Who has the key?", None, "There are no documents yet.")


@pytest.fixture
def both(database: Database) -> tuple[Conversations, Conversations]:
    """The conversations of two people."""
    everybodys = Conversations(database)
    return everybodys.of(MIA), everybodys.of(TOM)


def asked(conversations: Conversations) -> Conversation:
    """A conversation of one question."""
    return conversations.add(conversations.start(), TURN)


def test_nobody_sees_changes_or_deletes_anothers(both: tuple[Conversations, Conversations]) -> None:
    mias, toms = both
    hers = asked(mias)
    assert toms.find(hers.id) is None
    assert toms.listed() == []
    assert toms.listed("key") == []
    assert toms.rename(hers.id, "Mine") is None
    assert toms.share(hers.id) is None
    assert not toms.delete(hers.id)
    with pytest.raises(NotAllowed):
        toms.keep(hers.with_turn(TURN))
    assert mias.find(hers.id) == hers


def test_a_link_shows_it_until_it_is_taken_back_and_only_that_one(both: tuple[Conversations, Conversations]) -> None:
    mias, toms = both
    hers, other = asked(mias), asked(mias)
    link = mias.share(hers.id)
    assert link
    assert mias.share(hers.id) == link
    seen = toms.find_shared(link)
    assert seen
    assert (seen.id, seen.turns) == (hers.id, hers.turns)
    assert toms.find(hers.id) is None
    assert toms.listed() == []
    for wrong in ("", other.id, hers.id, link[:-1], link.swapcase(), "' OR 1=1 --"):
        assert toms.find_shared(wrong) is None
    toms.stop_sharing(hers.id)
    assert toms.find_shared(link)
    mias.stop_sharing(hers.id)
    assert toms.find_shared(link) is None


def test_whoever_asks_more_in_a_shared_one_goes_on_in_a_copy(both: tuple[Conversations, Conversations]) -> None:
    mias, toms = both
    hers = asked(mias)
    link = mias.share(hers.id)
    assert link
    seen = toms.find_shared(link)
    assert seen
    own = toms.add(seen, TURN)
    assert own.id != hers.id
    assert own.shared is None
    assert len(own.turns) == 2
    kept = mias.find(hers.id)
    assert kept
    assert kept.turns == hers.turns
    assert [each.id for each in toms.listed()] == [own.id]


def test_without_sign_in_everybody_sees_all(database: Database) -> None:
    everybodys = Conversations(database)
    asked(everybodys.of(MIA))
    asked(everybodys)
    assert len(everybodys.listed()) == 2
    assert len(everybodys.of(MIA).listed()) == 1
    assert everybodys.of(0).listed() == []


def test_each_person_has_a_word_of_their_own_on_a_passage(database: Database) -> None:
    judgements, found = Judgements(database), candidate("The porter has the key.")
    judgements.of(MIA).give("Who has the key?", found, up=True)
    judgements.of(TOM).give("Who has the key?", found, up=False)
    for opened in (judgements, Judgements(database)):
        assert opened.of(MIA).given("Who has the key?", found.passage.id) is True
        assert opened.of(TOM).given("Who has the key?", found.passage.id) is False
        assert opened.given("Who has the key?", found.passage.id) is None
        assert (len(opened.of(MIA)), len(opened.of(0)), len(opened)) == (1, 0, 2)
    judgements.of(TOM).give("Who has the key?", found, up=None)
    assert len(judgements) == 1
