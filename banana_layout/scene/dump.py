"""A scene as plain text, the same on every machine: for golden files and for reading."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

import msgspec

from banana_layout.color import Color
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.rect import Rect
from banana_layout.scene.item import Glyph, Group, Item, Scene

_UNSAID = frozenset(("key", "children", "items"))
"""Fields that a line shows in another way: the key stands first, what is held follows indented."""


def dump(scene: Scene) -> str:
    """Return a scene as text: a line an item, indented under what holds it; numbers rounded to three decimals.

    Fields at their default are left out; raster data are told by size and digest.
    """
    return "\n".join([f"scene{_fields(scene)}", *_lines(scene.items, 1), ""])


def _lines(items: tuple[Item, ...], depth: int) -> Iterator[str]:
    """Yield the lines of items and what they hold."""
    for item in items:
        yield f"{'  ' * depth}{type(item).__name__.lower()} {_text(item.key)}{_fields(item)}"
        if isinstance(item, Group):
            yield from _lines(item.children, depth + 1)


def _fields(value: msgspec.Struct) -> str:
    """Return a value's fields that depart from their defaults."""
    out = ""
    for field in msgspec.structs.fields(type(value)):
        found = getattr(value, field.name)
        if field.name not in _UNSAID and not (field.default is not msgspec.NODEFAULT and found == field.default):
            out += f" {field.name}={_value(found)}"
    return out


def _value(value: object) -> str:
    """Return a field's value."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, (bool, type(None))):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return _number(value)
    if isinstance(value, bytes):
        return f"{len(value)}:{hashlib.blake2b(value, digest_size=6).hexdigest()}"
    return _compound(value)


def _compound(value: object) -> str:
    """Return a value made of others."""
    if isinstance(value, Color):
        return value.hex
    if isinstance(value, Rect):
        return f"({_number(value.x)} {_number(value.y)} {_number(value.w)} {_number(value.h)})"
    if isinstance(value, Outline):
        return f'"{" ".join(" ".join((verb, *map(_number, coords))) for verb, coords in value.segments())}"'
    if isinstance(value, Glyph):
        variant = f"/{value.variant}" if value.variant else ""
        place = f"{_number(value.x)},{_number(value.dy)}+{_number(value.advance)}"
        return f"{value.gid}{variant}{_text(value.text)}@{place}"
    if isinstance(value, tuple):
        return f"[{' '.join(map(_value, value))}]"
    if isinstance(value, msgspec.Struct):
        return f"{type(value).__name__.lower()}({_fields(value).lstrip()})"
    raise TypeError(f"a scene holds no {type(value).__name__}")


def _number(value: float) -> str:
    """Return a number with at most three decimals, without trailing zeros or -0."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _text(text: str) -> str:
    """Return a text in quotes, control characters escaped."""
    return json.dumps(text, ensure_ascii=False)
