"""Formulas (MathML) as equations of a Word document (Office Math)."""

from ingest.reading.formats.as_word.markup import text
from ingest.reading.formats.opendocument.source import Element, attribute, local

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
        return f"<m:r><m:t>{text(''.join(element.itertext()).strip())}</m:t></m:r>"
    if name == "msqrt":
        return f'<m:rad><m:radPr><m:degHide m:val="1"/></m:radPr><m:deg/><m:e>{_all(element)}</m:e></m:rad>'
    if name == "mfenced":
        return f"<m:d>{''.join(f'<m:e>{_part(child)}</m:e>' for child in element)}</m:d>"
    if name == "munderover":
        parts = [_part(child) for child in element]
        return "".join(parts[:1]) + "".join(f"<m:r><m:t>{sign}(</m:t></m:r>{part}<m:r><m:t>)</m:t></m:r>" for sign, part in zip("_^", parts[1:3], strict=False))
    if name == "mtable":
        rows = (f"<m:mr>{''.join(f'<m:e>{_all(cell)}</m:e>' for cell in row)}</m:mr>" for row in element)
        return f"<m:m>{''.join(rows)}</m:m>"
    form, names = _FORMS.get(name, ("", ()))
    if not form:
        return _all(element)
    children = [_part(child) for child in element]
    if name == "mfrac" and attribute(element, "linethickness") in {"0", "0pt"}:
        form = "f"
    return f"<m:{form}>{''.join(f'<m:{part}>{child}</m:{part}>' for part, child in zip(names, children, strict=False))}</m:{form}>"
