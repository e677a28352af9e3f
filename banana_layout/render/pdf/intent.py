"""The output intent: what the file's colours are meant for (ISO 32000-1, 14.11.5; ISO 15930-7, 6.5; ISO 19005-2, 6.2.3)."""

from __future__ import annotations

import functools
import zlib

from banana_layout.render.pdf.inks import condition, srgb_profile
from banana_layout.render.pdf.objects import Objects, Value
from banana_layout.render.pdf.preset import Preset

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
    entries = {"N": channels, "Filter": objects.name("FlateDecode")}
    profile = objects.stream(_compressed(data), entries, packed=False)
    return objects.array(
        objects.dictionary(
            {
                "Type": objects.name("OutputIntent"),
                "S": objects.name(kind),
                "OutputConditionIdentifier": objects.text(name),
                "RegistryName": objects.text(_REGISTRY),
                "Info": objects.text(about),
                "DestOutputProfile": profile,
            }
        )
        for kind in kinds
    )


@functools.lru_cache(maxsize=4)
def _compressed(profile: bytes) -> bytes:
    """Return a profile compressed; each is compressed once, as that takes 8 ms."""
    return zlib.compress(profile, 9)
