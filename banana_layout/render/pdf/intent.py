"""The output intent: what the file's colours are meant for (ISO 32000-1, 14.11.5; ISO 15930-7, 6.5; ISO 19005-2, 6.2.3)."""

from __future__ import annotations

import functools
import zlib
from operator import sub

from banana_layout.render.pdf.inks import condition, srgb_profile
from banana_layout.render.pdf.objects import Objects, Value
from banana_layout.render.pdf.preset import Preset

_SAMPLE = 2
"""Bytes of a number in a profile's tables."""
_ROW = 312
"""Bytes of a row of differences, at most: tried out on the profile that comes along."""
_SIZES = bytes(min(v, 256 - v) for v in range(256))
"""How large a difference is, as a byte."""
_REGISTRY = "http://www.color.org"
"""Where the names of printing conditions are registered."""


def intents(objects: Objects, preset: Preset) -> Value:
    """Return the catalog's output intents: one for PDF/A, one for PDF/X, sharing one profile."""
    kinds = ["GTS_PDFX"] if {"x1a", "x4"} & set(preset.standards) else []
    kinds += ["GTS_PDFA1"] if {"a1b", "a2a"} & set(preset.standards) else []
    press = preset.press
    if press is None:
        data, channels, name, about = srgb_profile(), 3, "sRGB", "sRGB IEC61966-2.1"
    else:
        found = condition(press.profile)
        name = press.condition or (found.name if press.profile else "FOGRA39")
        data, channels, about = found.profile, 4, found.name if press.profile else "Coated FOGRA39 (ISO 12647-2:2004)"
    packed, row = _compressed(data)
    entries: dict[str, Value] = {"N": channels, "Filter": objects.name("FlateDecode")}
    if row:
        entries["DecodeParms"] = objects.dictionary(
            {"Predictor": 15, "Colors": 1, "BitsPerComponent": 8 * _SAMPLE, "Columns": row // _SAMPLE}
        )
    profile = objects.stream(packed, entries, packed=False)
    # Only what comes along is a condition that is registered (ISO 15930-7, 6.5.2); a name of a user's own is in no registry.
    registered = {"RegistryName": objects.text(_REGISTRY)} if press is not None and not press.profile else {}
    return objects.array(
        objects.dictionary(
            {
                "Type": objects.name("OutputIntent"),
                "S": objects.name(kind),
                "OutputConditionIdentifier": objects.text(name),
                **registered,
                "Info": objects.text(about),
                "DestOutputProfile": profile,
            }
        )
        for kind in kinds
    )


@functools.lru_cache(maxsize=4)
def _compressed(profile: bytes) -> tuple[bytes, int]:
    """Return a profile compressed, and the length of its rows where by differences, else 0; each is compressed once, as that takes 40 ms.

    A printer's profile is mostly tables of numbers of 16 bits that change little from one to the next: the differences PNG
    knows (ISO 32000-1, 7.4.4.4) make FOGRA39 a fifth smaller, byte for byte the same once it is read.
    """
    plain = zlib.compress(profile, 9)
    # Only rows that are all whole: readers differ in what they make of a shorter last one.
    row = next((w for w in range(_ROW, _SAMPLE, -_SAMPLE) if len(profile) % w == 0), 0)
    predicted = zlib.compress(_differences(profile, row), 9) if row else plain
    return (predicted, row) if len(predicted) < len(plain) else (plain, 0)


def _differences(data: bytes, length: int) -> bytes:
    """Return rows of a number that names a PNG filter, and what it leaves: the bytes, or less the number before, or the row above."""
    out = bytearray()
    above = bytes(length)
    for at in range(0, len(data), length):
        row = data[at : at + length]
        before = bytes(_SAMPLE) + row[:-_SAMPLE]
        ways = [row, *(bytes([v & 255 for v in map(sub, row, other)]) for other in (before, above))]
        best = min(range(len(ways)), key=lambda i: sum(ways[i].translate(_SIZES)))
        out.append(best)
        out += ways[best]
        above = row
    return bytes(out)
