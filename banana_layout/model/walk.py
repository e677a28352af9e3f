"""A way through everything a document says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec


def structs(value: object) -> Iterator[msgspec.Struct]:
    """Yield every struct of a piece of a model, outer ones first, in reading order; spans and sources are left out."""
    stack: list[Any] = [value]
    while stack:
        one = stack.pop()
        if isinstance(one, tuple):
            stack.extend(reversed(one))
        elif isinstance(one, msgspec.Struct):
            yield one
            stack.extend(
                getattr(one, name) for name in reversed(one.__struct_fields__) if name not in ("span", "source")
            )
