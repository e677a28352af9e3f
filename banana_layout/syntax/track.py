"""How a row or a column says its size.

    track  = weight | length | "auto" | bound
    weight = number ["%" | "fr"]                 a share of what lengths and auto tracks leave, above 0
    length = number ("mm" | "cm" | "in" | "pt")
    bound  = "max(" track "," length ")"         never smaller than the length
           | "min(" track "," length ")"         never larger than the length
           | "minmax(" length "," track ")"      never smaller than the length; with a length second, as its content
                                                 needs between the two

`max(25, 40mm)` is weight 25 but at least 40 mm; `min(auto, 60mm)` what the content needs but at most 60 mm;
`max(min(25, 90mm), 40mm)` both. The arguments of `max` and `min` may stand in either order.
"""

from __future__ import annotations

import math
import re

import msgspec

from banana_layout.model.zone import Track

UNITS = {"mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0, "pt": 1.0}
"""Points in one of each unit."""

_NUMBER = re.compile(r"([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?)\s*([A-Za-z%]*)")
_CALL = re.compile(r"(min|max|minmax)\s*\((.*)\)", re.DOTALL)
_LONGEST_LENGTH = 14_400.0
"""PDF's largest page extent in points (ISO 32000-1, annex C)."""
_HEAVIEST = 1e6
_GRAMMAR = "write a weight (25), a length (40mm, 3cm, 1in, 90pt), auto, max(25, 40mm) or min(auto, 60mm)"


class TrackError(ValueError):
    """A text is no track; `args` are what is wrong and a hint."""


def parse_length(text: str) -> float | None:
    """Return a length such as `40mm` in points, None where the text is none."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None or found[2].lower() not in UNITS:
        return None
    value = float(found[1]) * UNITS[found[2].lower()]
    return value if math.isfinite(value) else None


def parse_track(text: str) -> Track:
    """Return the track a text says; raise TrackError."""
    text = text.strip()
    if len(text) > 200:
        raise TrackError("this is too long for a size", _GRAMMAR)
    call = _CALL.fullmatch(text)
    if call:
        return _bounded(call[1], _arguments(call[2]), text)
    if text == "auto":
        return Track(auto=True)
    if text.lower().lstrip("+-.") in ("nan", "inf", "infinity"):
        raise TrackError(f"“{text}” is no size", _GRAMMAR)
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise TrackError(f"“{text}” is no size", _GRAMMAR)
    number, unit = float(found[1]), found[2].lower()
    if unit in UNITS:
        length = number * UNITS[unit]
        if not 0 <= length <= _LONGEST_LENGTH:
            raise TrackError(f"the length {text} is not between 0 and 5080 mm", _GRAMMAR)
        return Track(length=length)
    if unit not in ("", "%", "fr"):
        raise TrackError(f"“{found[2]}” is no unit", _GRAMMAR)
    if not 0 < number <= _HEAVIEST:
        raise TrackError(
            f"the weight {text} is not above 0" if number <= 0 else f"the weight {text} is too large", _GRAMMAR
        )
    return Track(weight=number)


def _arguments(inside: str) -> list[str]:
    """Return what stands between the commas that are in no inner parentheses."""
    parts, depth = [""], 0
    for char in inside:
        depth += (char == "(") - (char == ")")
        if char == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return parts


def _bounded(name: str, arguments: list[str], text: str) -> Track:
    """Return a track with a bound."""
    if len(arguments) != 2:
        raise TrackError(f"{name}(…) takes two sizes", _GRAMMAR)
    first, second = (parse_track(argument) for argument in arguments)
    if name == "minmax":
        if first.length is None:
            raise TrackError(f"the first size in {text} must be a length", _GRAMMAR)
        if second.length is not None:
            second = Track(auto=True, most=second.length)
        return _with_least(second, first.length, text)
    if second.length is None or _is_bounded(second):
        first, second = second, first
    if second.length is None:
        raise TrackError(f"one size in {text} must be a length", _GRAMMAR)
    if name == "max":
        return _with_least(first, second.length, text)
    return _with_most(first, second.length, text)


def _is_bounded(track: Track) -> bool:
    """Tell whether a track has a bound."""
    return track.least is not None or track.most is not None


def _with_least(track: Track, least: float, text: str) -> Track:
    """Return a track that is never smaller."""
    return _checked(msgspec.structs.replace(track, least=max(least, track.least or 0.0)), text)


def _with_most(track: Track, most: float, text: str) -> Track:
    """Return a track that is never larger."""
    return _checked(msgspec.structs.replace(track, most=most if track.most is None else min(most, track.most)), text)


def _checked(track: Track, text: str) -> Track:
    """Return a track whose bounds agree."""
    if track.least is not None and track.most is not None and track.least > track.most:
        raise TrackError(f"the least size in {text} is larger than the most", _GRAMMAR)
    return track
