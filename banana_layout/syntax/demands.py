"""The front matter's `constraints`: what must hold of the layout."""

from __future__ import annotations

from collections.abc import Iterator

from banana_layout.model.document import Wanted
from banana_layout.syntax.layout_rows import Complaints
from banana_layout.syntax.yaml_tree import Items, Node, Pairs, Scalar

_HOW = "write “- widest: panel-id” or “- min_size: 10”"


def read_demands(value: Node, found: Complaints) -> tuple[Wanted, ...]:
    """Return the constraints a list holds; names and values are compared with what there is when they are checked."""
    if isinstance(value, Pairs):
        return tuple(_demands(value, found))
    if not isinstance(value, Items):
        found.error("“constraints” must be a list", value.span, _HOW)
        return ()
    out: list[Wanted] = []
    for item in value.items:
        if isinstance(item, Scalar) and not item.is_null:
            out.append(Wanted(item.value, span=item.span))
        elif isinstance(item, Pairs):
            out += _demands(item, found)
        else:
            found.error("a constraint must be a name, or a name and its values", item.span, _HOW)
    return tuple(out)


def _demands(pairs: Pairs, found: Complaints) -> Iterator[Wanted]:
    """Yield one constraint a key."""
    for key, value in pairs.pairs:
        span = key.span.covering(value.span)
        if isinstance(value, Pairs):
            options = tuple((k.value, ",".join(_texts(v, found))) for k, v in value.pairs)
            yield Wanted(key.value, (), options, span)
        else:
            yield Wanted(key.value, _texts(value, found), (), span)


def _texts(value: Node, found: Complaints) -> tuple[str, ...]:
    """Return a value's texts: one, or those of a flat list."""
    if isinstance(value, Scalar):
        return () if value.is_null else (value.value.strip(),)
    if isinstance(value, Items):
        inner = [_texts(item, found) for item in value.items if isinstance(item, Scalar)]
        if len(inner) == len(value.items):
            return tuple(t for texts in inner for t in texts)
    found.error("this is nested too deeply for a constraint", value.span, _HOW)
    return ()
