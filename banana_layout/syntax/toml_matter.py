"""Front matter in TOML between lines of `+++`, as Hugo and Zola write it, read as the tree that YAML gives."""

from __future__ import annotations

import re
from typing import Any

from banana_layout.source import Source, Span
from banana_layout.syntax.yaml_tree import Items, Node, Pairs, Scalar

OPENING = re.compile(r"\ufeff?\+\+\+[ \t]*\n")
"""How it begins."""
ENDING = re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE)
"""How it ends."""
_LONGEST = 100_000


def parse(source: Source, start: int, end: int) -> Pairs | str:
    """Return the keys between two offsets, or why they cannot be read."""
    import tomllib

    if end - start > _LONGEST:
        return f"it has more than {_LONGEST:,} characters"
    try:
        table = tomllib.loads(source.text[start:end])
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        return str(error) or "it is nested too deep"
    pairs = []
    for key, value in table.items():
        place = _place(source, key, start, end)
        pairs.append((Scalar(key, place), _node(value, place, 0)))
    return Pairs(tuple(pairs), Span(start, end))


def _place(source: Source, key: str, start: int, end: int) -> Span:
    """Return where a key stands at the beginning of a line; the whole front matter where it is written otherwise."""
    found = re.compile(rf"^[ \t]*\[*[ \t]*({re.escape(key)})\b", re.MULTILINE).search(source.text, start, end)
    return Span(*found.span(1)) if found else Span(start, end)


def _node(value: Any, place: Span, depth: int) -> Node:
    """Return a value as a tree."""
    if isinstance(value, dict) and depth < 20:
        return Pairs(tuple((Scalar(k, place), _node(v, place, depth + 1)) for k, v in value.items()), place)
    if isinstance(value, list) and depth < 20:
        return Items(tuple(_node(v, place, depth + 1) for v in value), place)
    return Scalar(str(value).lower() if isinstance(value, bool) else str(value), place, plain=False)
