"""The one place where it is decided who may do what: a part of the app behind a gate that knows who is asking.

The pages have the parts of the app only behind such gates. A gate looks at the table of `roles.py` whenever something
is used, not when the page is drawn: whoever was signed out or given another role meanwhile is stopped too.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from ingest.people.person import Person
from ingest.people.record import Record
from ingest.people.roles import Action, check

Who = Callable[[], Person | None]
Named = Callable[[Action, tuple[Any, ...]], str]


class Gate:
    """A part of the app as one person may use it: its methods and properties, each checked whenever it is used.

    Args:
        part: The part's name in the table of actions.
        real: The part itself.
        who: Who is asking, at this moment; None where nobody has signed in.
        record: Where what the table says is written down; None where nothing is.
        named: The name of what an action was done to, for the record; asked before it is done.
        address: The network address of whoever asks.
        parts: Which properties are parts themselves, and stay behind a gate.
    """

    def __init__(
        self,
        part: str,
        real: Any,  # noqa: ANN401 - any part
        who: Who,
        record: Record | None = None,
        named: Named = lambda _action, _arguments: "",
        address: Callable[[], str] = lambda: "",
        parts: frozenset[str] = frozenset(),
    ) -> None:
        """Put the part behind a gate."""
        self._part, self._real, self._who, self._record = part, real, who, record
        self._named, self._address, self._parts = named, address, parts

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - what the part has by this name
        """What the part has by this name. Raises NotAllowed where the person may not use it."""
        if name.startswith("__"):  # Python's own looks for what an object can do
            raise AttributeError(name)
        person = self._who()
        check(person.role if person else None, self._part, name)
        value = getattr(self._real, name)
        if name in self._parts:
            return Gate(f"{self._part}.{name}", value, self._who, self._record, self._named, self._address)
        return self._checked(name, value) if callable(value) else value

    def __len__(self) -> int:
        """How much the part has, where it can be counted."""
        person = self._who()
        check(person.role if person else None, self._part, "__len__")
        return len(self._real)

    def __contains__(self, item: object) -> bool:
        """Whether the part has this, where it can be asked so."""
        person = self._who()
        check(person.role if person else None, self._part, "__contains__")
        return item in self._real

    def _checked(self, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def call(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as the method
            person = self._who()
            action = check(person.role if person else None, self._part, name)
            with self._recorded(person, action, args):
                return method(*args, **kwargs)

        return call

    @contextmanager
    def _recorded(self, person: Person | None, action: Action, args: tuple[Any, ...]) -> Iterator[None]:
        """Write down what is done meanwhile, before it is done, and take the line back where it fails."""
        if action.recorded is None or self._record is None or person is None or person.id is None:
            yield
            return
        with self._record.doing(person.name, action.recorded, self._named(action, args), self._address()):
            yield
