"""Formulas (MathML) as equations of a Word document (Office Math)."""

from ingest.reading.formats.as_word.markup import text
from ingest.reading.formats.opendocument.source import Element, local

_FORMS = {
    "mfrac": ("f", ("num", "den")),
    "msup": ("sSup", ("e", "sup")),
    "msub": ("sSub", ("e", "sub")),
    "msubsup": ("sSubSup", ("e", "sub", "sup")),
    "mroot": ("rad", ("e", "deg")),
    "munder": ("limLow", ("e", "lim")),
    "mover": ("limUpp", ("e", "lim")),
}
_LETTERS = frozenset({"mi", "mn", "mo", "mtext", "ms"})
_HIDDEN = frozenset({"annotation", "annotation-xml", "mspace"})


def formula_markup(root: Element) -> str:
    """An equation; empty where the formula shows nothing."""
    math = root if local(root) == "math" else next(root.iter("{*}math"), None)
    inner = _all(math) if math is not None else ""
    return f"<m:oMath>{inner}</m:oMath>" if inner else ""


def _all(element: Element) -> str:
    return "".join(map(_part, element))


def _part(element: Element) -> str:
    name = local(element)
    if not name or name in _HIDDEN:
        return ""
    if name in _LETTERS:
        return _letters("".join(element.itertext()).strip())
    if name in _FORMS:
        return _form(element, *_FORMS[name])
    return _OTHERS[name](element) if name in _OTHERS else _all(element)


def _letters(letters: str) -> str:
    return f"<m:r><m:t>{text(letters)}</m:t></m:r>"


def _form(element: Element, form: str, names: tuple[str, ...]) -> str:
    parts = (f"<m:{name}>{_part(child)}</m:{name}>" for name, child in zip(names, element, strict=False))
    return f"<m:{form}>{''.join(parts)}</m:{form}>"


def _root(element: Element) -> str:
    return f'<m:rad><m:radPr><m:degHide m:val="1"/></m:radPr><m:deg/><m:e>{_all(element)}</m:e></m:rad>'


def _bracketed(element: Element) -> str:
    return f"<m:d>{''.join(f'<m:e>{_part(child)}</m:e>' for child in element)}</m:d>"


def _with_limits(element: Element) -> str:
    """A sign with something below and above it, such as a sum."""
    base, *limits = (_part(child) for child in element)
    shown = (_letters(f"{sign}(") + limit + _letters(")") for sign, limit in zip("_^", limits, strict=False))
    return base + "".join(shown)


def _matrix(element: Element) -> str:
    rows = (f"<m:mr>{''.join(f'<m:e>{_all(cell)}</m:e>' for cell in row)}</m:mr>" for row in element)
    return f"<m:m>{''.join(rows)}</m:m>"


_OTHERS = {"msqrt": _root, "mfenced": _bracketed, "munderover": _with_limits, "mtable": _matrix}
