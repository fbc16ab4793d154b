"""The text of a SmartArt diagram: its points, each below the one that it belongs to."""

from collections import defaultdict
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ingest.reading.clean import one_line
from ingest.reading.formats.word.markup import number

# The points with these types only say how the others are drawn.
_NOT_CONTENT = frozenset({"pres", "parTrans", "sibTrans"})
_DEEPEST = 50


def diagram_lines(root: Element) -> Iterator[str]:
    """One line a point, in the order of the diagram, indented by its depth."""
    points = {one.get("modelId", ""): one for one in root.iter("dgm:pt") if one.get("type") not in _NOT_CONTENT}
    below: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    children = set()
    for link in root.iter("dgm:cxn"):
        parent, child = link.get("srcId", ""), link.get("destId", "")
        if link.get("type", "parOf") == "parOf" and parent in points and child in points and child not in children:
            below[parent].append((number(link.get("srcOrd")), child))
            children.add(child)
    tops = [name for name in points if name not in children]
    # Points in a circle hang below none of the others.
    left = dict.fromkeys([*reversed(points), *reversed(tops)], 0)
    stack = [(name, 0) for name in left]
    while stack:
        name, depth = stack.pop()
        if name not in left:
            continue
        del left[name]
        text = one_line(" ".join("".join(t.text or "" for t in line.iter("a:t")) for line in points[name].iter("a:p")))
        if text:
            yield f"{'  ' * min(depth - 1, _DEEPEST)}- {text}"
        stack += [(child, depth + 1) for _, child in sorted(below[name], reverse=True)]
