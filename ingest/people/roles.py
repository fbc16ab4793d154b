"""Who may do what, as data: for every action that the pages call, the least role, and the word for it in the record.

What is not in the table nobody may do. So a new action needs a row here, and a test fails until it has one.
"""

from dataclasses import dataclass
from typing import Literal, get_args

from ingest.errors import NotAllowed

Role = Literal["reader", "editor", "owner"]
ROLES: tuple[Role, ...] = get_args(Role)
WHAT_ROLES_MAY = {
    "reader": "ask, and see the documents",
    "editor": "ask, and add, remove and restore documents",
    "owner": "do everything, including decisions on people, backups and followed folders, and read the record",
}

What = Literal["name", "document", "documents", "job", "trash", "person", "collection", "tag", "nothing"]


@dataclass(frozen=True, slots=True)
class Action:
    """A method or property of a part of the app.

    Args:
        part: The part, such as `library`; a part of a part has a dot.
        name: The method or property.
        role: The least role that may use it.
        recorded: The word for it in the record; None where it is not recorded.
        what: What its first argument is, for the record.
    """

    part: str
    name: str
    role: Role
    recorded: str | None = None
    what: What = "nothing"


def _rows(role: Role, part: str, *names: str) -> tuple[Action, ...]:
    return tuple(Action(part, name, role) for name in names)


ACTIONS: tuple[Action, ...] = (
    *_rows("reader", "library", "revision", "documents", "document", "passages", "passages_between", "headings"),
    *_rows("reader", "library", "bytes", "nearly_full", "bi_encoder", "rows", "files", "trash", "shelf"),
    *_rows("reader", "library.files", "path", "bytes"),
    *_rows("reader", "library.trash", "__contains__"),
    Action("library", "remove", "editor", "removed", "document"),
    Action("library", "remove_all", "editor", "removed", "documents"),
    *_rows("editor", "library.trash", "documents", "stays", "ids"),
    Action("library.trash", "restore", "editor", "restored", "trash"),
    Action("library.trash", "restore_all", "editor", "restored", "trash"),
    *_rows("reader", "library.shelf", "now"),
    Action("library.shelf", "make", "editor", "made the collection", "name"),
    Action("library.shelf", "rename", "editor", "renamed the collection", "collection"),
    Action("library.shelf", "delete", "editor", "deleted the collection", "collection"),
    Action("library.shelf", "put", "editor", "put documents into the collection", "collection"),
    Action("library.shelf", "take_out", "editor", "took documents out of the collection", "collection"),
    Action("library.shelf", "tag", "editor", "put a tag on documents:", "tag"),
    Action("library.shelf", "untag", "editor", "took a tag off documents:", "tag"),
    Action("library", "empty_trash", "owner", "deleted for good", "trash"),
    *_rows("reader", "worker", "jobs", "updating", "needs_update"),
    Action("worker", "put", "editor", "added", "name"),
    Action("worker", "put_page", "editor", "added the web page", "name"),
    Action("worker", "cancel", "editor", "gave up adding", "job"),
    Action("worker", "retry", "editor", "added again", "job"),
    Action("worker", "decide", "editor", "decided on a file of the same name", "job"),
    *_rows("editor", "worker", "dismiss"),
    Action("worker", "update", "owner", "had the library brought up to date"),
    *_rows("editor", "follower", "folders", "wrong_settings", "keep", "retry", "is_really_empty"),
    Action("follower", "follow", "owner", "followed the folder", "name"),
    Action("follower", "stop", "owner", "stopped following the folder", "name"),
    Action("follower", "remove", "editor", "removed what had vanished from a followed folder"),
    *_rows("reader", "places", "find", "known"),
    *_rows("reader", "asker", "ask", "asking", "rerank", "like", "preparing"),
    *_rows(
        "reader",
        "conversations",
        "start",
        "find",
        "find_shared",
        "keep",
        "add",
        "rename",
        "delete",
        "listed",
        "questions",
    ),
    Action("conversations", "share", "reader", "shared a conversation"),
    Action("conversations", "stop_sharing", "reader", "stopped sharing a conversation"),
    *_rows("reader", "judgements", "give", "given", "__len__", "as_zip", "export"),
    *_rows("owner", "backups", "progress", "error", "newest"),
    Action("backups", "start", "owner", "made a backup"),
    Action("backups", "delete", "owner", "deleted the backup"),
    Action("backups", "download", "owner", "downloaded the backup"),
    *_rows("owner", "restorer", "progress", "error", "ready"),
    Action("restorer", "start", "owner", "made a backup ready to be restored"),
    Action("restorer", "cancel", "owner", "kept the library instead of a backup"),
    *_rows("owner", "people", "listed", "find"),
    Action("people", "add", "owner", "added a person", "name"),
    Action("people", "remove", "owner", "removed a person", "person"),
    Action("people", "set_role", "owner", "changed the role of", "person"),
    Action("people", "set_password", "owner", "set the password of", "person"),
    *_rows("owner", "record", "entries", "as_csv", "__len__"),
)
_ROLE_OF = {(action.part, action.name): action for action in ACTIONS}

_NOT_SIGNED_IN = "You are signed out. Sign in, then try again."
_TOO_LITTLE = "You may not do this: it takes the role {role}. An owner of this library can give it to you."


def action_of(part: str, name: str) -> Action | None:
    """The row of the table for this method or property of a part."""
    return _ROLE_OF.get((part, name))


def may(role: Role | None, part: str, name: str) -> bool:
    """Whether somebody of this role, or with None somebody unknown, may use it.

    >>> may("reader", "library", "documents"), may("reader", "library", "remove"), may("owner", "library", "close")
    (True, False, False)
    """
    action = action_of(part, name)
    return action is not None and role is not None and ROLES.index(role) >= ROLES.index(action.role)


def check(role: Role | None, part: str, name: str) -> Action:
    """The row of the table where this role may use it. Raises NotAllowed elsewhere."""
    action = action_of(part, name)
    if role is None:
        raise NotAllowed(_NOT_SIGNED_IN)
    if action is None:
        raise NotAllowed(_TOO_LITTLE.format(role="of nobody"))
    if not may(role, part, name):
        raise NotAllowed(_TOO_LITTLE.format(role=action.role))
    return action
