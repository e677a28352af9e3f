"""How wide a font's characters are, and whether the font is in the file."""

from __future__ import annotations

from typing import Any

import msgspec


class Widths(msgspec.Struct, frozen=True):
    """A font's advances."""

    wide: bool
    """Whether a code has two bytes; else one."""
    widths: dict[int, float]
    """By code, in thousandths of the size."""
    default: float
    """Of the other codes."""

    @classmethod
    def of(cls, font: Any) -> Widths:
        """Return a font's advances; half the size each where it does not tell (ISO 32000-1, 9.7.4.3)."""
        if font is None:
            return cls(False, {}, 500.0)
        if font.get("/Subtype") == "/Type0":
            below = font["/DescendantFonts"][0]
            return cls(True, dict(_ranges(list(below.get("/W", [])))), float(below.get("/DW", 1000)))
        first = int(font.get("/FirstChar", 0))
        scale = 1000 * float(font["/FontMatrix"][0]) if "/FontMatrix" in font else 1.0
        return cls(False, {first + i: float(w) * scale for i, w in enumerate(font.get("/Widths", []))}, 500.0)

    def advance(self, data: bytes) -> float:
        """Return how far a string leads, in thousandths of the size."""
        if not self.wide:
            return sum(self.widths.get(code, self.default) for code in data)
        return sum(self.widths.get(data[i] << 8 | data[i + 1], self.default) for i in range(0, len(data) - 1, 2))


def _ranges(entries: list[Any]) -> list[tuple[int, float]]:
    """Return the codes and widths a `W` array gives."""
    out: list[tuple[int, float]] = []
    i = 0
    while i + 1 < len(entries):
        first, second = int(entries[i]), entries[i + 1]
        if getattr(second, "_type_name", "") == "array":
            out += [(first + j, float(w)) for j, w in enumerate(second)]
            i += 2
        elif i + 2 < len(entries):
            width = float(entries[i + 2])
            out += [(code, width) for code in range(first, min(int(second), first + 65_535) + 1)]
            i += 3
        else:
            break
    return out


def missing_fonts(pdf: Any) -> list[str]:
    """Return the names of fonts that are used but not in the file (ISO 15930-7, 6.2)."""
    out = []
    for found in pdf.objects:
        if getattr(found, "_type_name", "") != "dictionary" or found.get("/Type") != "/Font":
            continue
        kind = str(found.get("/Subtype"))
        if kind in ("/Type0", "/Type3"):
            continue
        described = found.get("/FontDescriptor")
        if described is None or not any(k in described for k in ("/FontFile", "/FontFile2", "/FontFile3")):
            out.append(str(found.get("/BaseFont", "?")).lstrip("/"))
    return sorted(set(out))
