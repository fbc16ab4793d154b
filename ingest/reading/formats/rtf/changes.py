"""The words of a rich text that change how what follows is to be taken, until their group ends."""

from collections.abc import Callable

from ingest.reading.formats.rtf.groups import Group


def _on(number: int | None) -> bool:
    return number != 0


def _set_font(group: Group, number: int | None) -> None:
    group.font = number or 0


def _set_fallback(group: Group, number: int | None) -> None:
    group.fallback = min(max(number if number is not None else 1, 0), 20)


def _set_hidden(group: Group, number: int | None) -> None:
    group.hidden = _on(number)


def _set_deleted(group: Group, number: int | None) -> None:
    group.deleted = _on(number)


def _set_style(group: Group, number: int | None) -> None:
    group.style = number or 0


def _set_list(group: Group, number: int | None) -> None:
    group.list_id = str(number) if number else ""


def _set_level(group: Group, number: int | None) -> None:
    group.level = min(max(number or 0, 0), 8)


def _set_outline(group: Group, number: int | None) -> None:
    group.outline = max(number or 0, 0)


def _set_drop_cap(group: Group, number: int | None) -> None:
    group.drop_cap = _on(number)


def _set_in_table(group: Group, number: int | None) -> None:
    group.in_table = _on(number)


def _set_nested(group: Group, number: int | None) -> None:
    group.nested = max(number or 0, 0)


CHANGES: dict[str, Callable[[Group, int | None], None]] = {
    "plain": lambda group, _: group.plain(),
    "pard": lambda group, _: group.plain_paragraph(),
    "f": _set_font,
    "uc": _set_fallback,
    "v": _set_hidden,
    "deleted": _set_deleted,
    "s": _set_style,
    "ls": _set_list,
    "ilvl": _set_level,
    "outlinelevel": _set_outline,
    "dropcapli": _set_drop_cap,
    "intbl": _set_in_table,
    "itap": _set_nested,
}
