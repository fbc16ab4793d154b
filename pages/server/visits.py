"""Which of Streamlit's sessions, one a browser window, is whose: nobody goes on with another one's or uploads into it.

The pages say it whenever they are drawn; the layers look it up.
"""

import threading
from collections import OrderedDict

_MOST = 10_000


class Visits:
    """The sessions that the pages have drawn something for. Safe for several threads."""

    def __init__(self) -> None:
        """No sessions yet."""
        self._people: OrderedDict[str, int | None] = OrderedDict()
        self._lock = threading.Lock()

    def note(self, session: str, person: int | None) -> None:
        """This session is this person's."""
        with self._lock:
            self._people[session] = person
            self._people.move_to_end(session)
            if len(self._people) > _MOST:
                self._people.popitem(last=False)

    def is_anothers(self, session: str, person: int | None) -> bool:
        """Whether somebody else has this session."""
        with self._lock:
            return session in self._people and self._people[session] != person

    def person(self, session: str) -> int | None:
        """The number of the person whose session this is; None where nobody's is known."""
        with self._lock:
            return self._people.get(session)


VISITS = Visits()
