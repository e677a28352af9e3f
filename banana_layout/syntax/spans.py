"""Spans of a piece of a model counted in another text than the one it was read from."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import msgspec

from banana_layout.source import Span

T = TypeVar("T")


def respanned(value: T, place: Callable[[Span], Span], keep: tuple[type, ...] = ()) -> T:
    """Return a piece of a model with every span as `place` has it; structs of the types `keep` stay as they are."""
    found: object = value
    if isinstance(value, Span):
        found = place(value)
    elif isinstance(value, tuple):
        found = tuple(respanned(one, place, keep) if isinstance(one, (msgspec.Struct, tuple)) else one for one in value)
    elif isinstance(value, msgspec.Struct) and not isinstance(value, keep):
        fields = ((name, getattr(value, name)) for name in value.__struct_fields__)
        nested = {name: one for name, one in fields if isinstance(one, (msgspec.Struct, tuple)) and one != ()}
        changed = {name: respanned(one, place, keep) for name, one in nested.items()}
        found = msgspec.structs.replace(value, **changed) if changed else value
    return found  # type: ignore[return-value]
