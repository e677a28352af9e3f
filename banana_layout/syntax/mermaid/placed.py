"""Spans of a diagram's model in the file its text stands in."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from banana_layout.source import Source, Span

T = TypeVar("T")


def lifted(value: T, source: Source) -> T:
    """Return a value of the model whose spans count in the outermost source instead of the one it was read from."""
    found: object = value
    if isinstance(value, Span):
        found = source.outermost(value)[1]
    elif isinstance(value, tuple):
        found = tuple(lifted(one, source) for one in value)
    elif isinstance(value, msgspec.Struct):
        fields = {name: getattr(value, name) for name in value.__struct_fields__}
        moved = {name: lifted(one, source) for name, one in fields.items() if not isinstance(one, (str, float))}
        found = msgspec.structs.replace(value, **moved)
    return found  # type: ignore[return-value]
