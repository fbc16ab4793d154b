"""Who may what: every action that the pages have, tried as nobody, reader, editor and owner, with the real parts."""

import ast
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from ingest import (
    EVERYBODY,
    BackupKeeper,
    BackupRestorer,
    CannotRead,
    Follower,
    Library,
    NotAllowed,
    Person,
    PlaceFinder,
    Record,
    Settings,
    SignIns,
    Worker,
)
from ingest.people.roles import ACTIONS, ROLES, Action, Role
from pages.parts.opened import Pinpoint, behind_gates
from qa import Asker, Conversations, Judgements, Turn
from tests.conftest import ROOT, put_in
from tests.qa.answers import candidate

WHO: list[Role | None] = [None, *ROLES]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pinpoint]:
    """The parts of an app, as they are opened for the pages."""
    settings = Settings(_env_file=None).model_copy(update={"library": tmp_path_factory.mktemp("roles")})
    with Library(settings) as library:
        record = Record(library.database, 365)
        worker = Worker(library, settings)
        follower = Follower(library, settings, worker)
        sign_ins = SignIns(library.database, record, 14)
        yield Pinpoint(
            settings,
            library,
            worker,
            Asker(library, settings),
            Conversations(library.database),
            Judgements(library.database),
            BackupKeeper(library),
            BackupRestorer(settings),
            sign_ins.people,
            record,
            sign_ins,
            PlaceFinder(library, settings),
            follower,
        )
        follower.close()


def as_role(opened: Pinpoint, role: Role | None) -> Pinpoint:
    """The parts as somebody of this role has them."""
    person = None if role is None else Person(7, "somebody", role)
    return behind_gates(opened, lambda: person, "192.0.2.7")


def part_of(app: Pinpoint, dotted: str) -> Any:  # noqa: ANN401 - any part
    """A part by its name in the table."""
    first, _, second = dotted.partition(".")
    return getattr(getattr(app, first), second) if second else getattr(app, first)


def is_refused(use: Callable[[], object]) -> bool:
    """Whether using something is refused before anything is done."""
    try:
        use()
    except NotAllowed:
        return True
    except (TypeError, AttributeError):  # without arguments
        return False
    return False


@pytest.mark.parametrize("role", WHO)
def test_every_action_of_the_table_is_allowed_from_its_role_on_and_refused_below(
    opened: Pinpoint, role: Role | None
) -> None:
    app = as_role(opened, role)
    allowed = []
    for action in ACTIONS:

        def use(action: Action = action) -> object:
            part = part_of(app, action.part)
            match action.name:
                case "__len__":
                    return len(part)
                case "__contains__":
                    return "x" in part
                case name:
                    return getattr(part, name)

        expected = role is not None and ROLES.index(role) >= ROLES.index(action.role)
        assert is_refused(use) is not expected, (role, action)
        allowed += [action] * expected
    print(f"\n{role or 'nobody'}: {len(allowed)} of {len(ACTIONS)} actions")


def test_a_button_that_was_drawn_before_is_refused_after(opened: Pinpoint) -> None:
    role: list[Role | None] = ["editor"]
    app = behind_gates(opened, lambda: Person(7, "somebody", role[0]) if role[0] else None, "")
    put, remove = app.worker.put, app.library.remove
    for now in ("reader", None):
        role[0] = now
        for use in (lambda: put("x.txt", [b"x"]), lambda: remove("x")):
            with pytest.raises(NotAllowed):
                use()
    assert opened.worker.jobs() == []


@pytest.mark.parametrize("name", ["close", "database", "home", "_list", "delete", "drop_file", "sweep", "nothing"])
def test_what_the_table_does_not_name_nobody_may_use_not_even_an_owner(opened: Pinpoint, name: str) -> None:
    with pytest.raises(NotAllowed):
        getattr(as_role(opened, "owner").library, name)


def test_everything_that_the_pages_use_is_in_the_table() -> None:
    named = {(action.part, action.name) for action in ACTIONS}
    parts = {action.part.split(".")[0] for action in ACTIONS}
    used = set()
    for path in [*(ROOT / "pages").glob("*.py"), *(ROOT / "pages" / "parts").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            words = _words(node)
            if len(words) >= 3 and words[0] == "app" and words[1] in parts:
                used.add((words[1], words[2]))
                if words[2] in {"files", "trash"} and len(words) > 3:
                    used.add((".".join(words[1:3]), words[3]))
    assert len(used) > 25
    assert used - named == set()


def _words(node: ast.AST) -> list[str]:
    """`app.library.remove` as its words."""
    words: list[str] = []
    while isinstance(node, ast.Attribute):
        words.insert(0, node.attr)
        node = node.value
    return [node.id, *words] if isinstance(node, ast.Name) else []


def test_the_record_says_what_was_done_by_whom_and_to_what_without_a_word_of_a_text(opened: Pinpoint) -> None:
    document = put_in(opened.library, opened.settings, "keys.txt", "The porter has the xylophone.")
    app = as_role(opened, "owner")
    app.library.remove(document.id)
    app.library.trash.restore(document.id)
    app.people.add("mia", "owner", "the heron stands still")
    app.conversations.add(
        app.conversations.start(), Turn("Where is the xylophone?", None, "There are no documents yet.")
    )
    lines = [(each.person, each.action, each.what, each.address) for each in app.record.entries()]
    assert lines == [
        ("somebody", "added a person", "mia", "192.0.2.7"),
        ("somebody", "restored", "keys.txt", "192.0.2.7"),
        ("somebody", "removed", "keys.txt", "192.0.2.7"),
    ]
    assert "xylophone" not in app.record.as_csv()
    nobodys = behind_gates(opened, lambda: EVERYBODY, "")
    nobodys.library.remove(document.id)
    assert len(app.record) == 3  # where nobody signs in, nothing is recorded


def test_a_web_page_is_recorded_with_its_address_and_only_where_it_is_taken(opened: Pinpoint) -> None:
    allowed, before = opened.settings.model_copy(update={"web_pages": True}), len(opened.record)
    for worker in (Worker(opened.library, allowed), opened.worker):
        with suppress(CannotRead):
            as_role(replace(opened, worker=worker), "editor").worker.put_page("http://127.0.0.1/tides")
    newest = next(iter(opened.record.entries()))
    assert (newest.person, newest.action, newest.what) == ("somebody", "added the web page", "http://127.0.0.1/tides")
    assert len(opened.record) == before + 1  # where it is not allowed, nothing was done


def test_what_is_asked_and_rated_behind_a_gate_is_that_persons(opened: Pinpoint) -> None:
    mia, tom = Person(8, "mia", "reader"), Person(9, "tom", "owner")
    hers, his = behind_gates(opened, lambda: mia, ""), behind_gates(opened, lambda: tom, "")
    kept = hers.conversations.add(hers.conversations.start(), Turn("Who?", None, "There are no documents yet."))
    found = candidate("The porter has the key.")
    hers.judgements.give("Who?", found, up=True)
    assert (len(hers.judgements), len(his.judgements)) == (1, 0)
    assert his.conversations.find(kept.id) is None
    assert his.judgements.given("Who?", found.passage.id) is None
