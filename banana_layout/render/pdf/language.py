"""What the characters of a text tell: its language, and which of them mean nothing to others."""

from __future__ import annotations

import re
from bisect import bisect_right

_HANGUL = (0x1100, 0x1200, 0x3130, 0x3190, 0xAC00, 0xD7A4)
_KANA = (0x3041, 0x30FB, 0x30FC, 0x3100, 0x31F0, 0x3200)
_CJK = (0x1100, 0x1200, 0x3040, 0x3100, 0x3130, 0x3190, 0x31F0, 0x3200, 0x3400, 0xA000, 0xAC00, 0xD7A4)
_PRIVATE = (0xE000, 0xF900, 0xF0000, 0xFFFFE, 0x100000, 0x10FFFE)
"""Where each kind of characters begins and has ended; a pattern of so many takes `re` milliseconds to make."""
_WORD = re.compile("[A-Za-z]{2,}")
_EAST = ("ko", "ja", "zh")
"""Languages whose own script tells their text from English."""


def language(text: str, own: str) -> str:
    """Return the language a text's script tells, a BCP 47 tag; empty where several stand together or none is told.

    `own` is the document's: letters of the Latin alphabet are taken for it, unless it is written in others.
    """
    latin = _WORD.search(text) is not None
    if text.isascii():
        return ("en" if own.partition("-")[0] in _EAST else own) if latin else ""
    korean, japanese = _any_in(text, _HANGUL), _any_in(text, _KANA)
    if korean + japanese + latin != 1:
        return ""
    if latin:
        return "" if _any_in(text, _CJK) else "en" if own.partition("-")[0] in _EAST else own
    found = "ko" if korean else "ja"
    return own if own.partition("-")[0] == found else found


def stretches(text: str, own: str) -> tuple[tuple[int, int, str], ...]:
    """Return where a text is in which language: start, end and a BCP 47 tag, empty where it is the document's or unknown.

    Hangul and kana always tell. Among them a Latin word is English where it stands beside another: one by itself is a name
    or a term that has become part of the language around it (WCAG 2.2, 3.1.2). Spaces and signs belong to what they follow.
    """
    eastern = own.partition("-")[0] in _EAST
    if text.isascii():
        english = eastern and len(_WORD.findall(text)) > 1
        return ((0, len(text), "en" if english else ""),)
    kinds = [_kind(char) for char in text]
    if not eastern and not {"ko", "ja"} & set(kinds):
        return ((0, len(text), ""),)
    found: list[tuple[int, int, str]] = []
    for i, kind in enumerate(kinds):
        if found and kind in ("", found[-1][2]):
            found[-1] = (found[-1][0], i + 1, found[-1][2])
        elif found and not found[-1][2]:
            found[-1] = (found[-1][0], i + 1, kind)
        else:
            found.append((i, i + 1, kind))
    out: list[tuple[int, int, str]] = []
    for start, end, kind in found:
        term = kind == "en" and not (eastern and len(_WORD.findall(text[start:end])) > 1)
        lang = "" if term or kind == own.partition("-")[0] else kind
        if out and out[-1][2] == lang:
            out[-1] = (out[-1][0], end, lang)
        else:
            out.append((start, end, lang))
    return tuple(out)


def _kind(char: str) -> str:
    """Return the language a character stands for among others; empty for one that stands in many."""
    if char.isascii():
        return "en" if char.isalpha() else ""
    return "ko" if _any_in(char, _HANGUL) else "ja" if _any_in(char, _KANA) else ""


def spelled(text: str) -> str:
    """Return a text with its characters for private use told by their numbers (ISO 19005-2, 6.2.11.7.3)."""
    if text.isascii() or not _any_in(text, _PRIVATE):
        return text
    return "".join(f"U+{ord(c):04X}" if bisect_right(_PRIVATE, ord(c)) % 2 else c for c in text)


def _any_in(text: str, stretches: tuple[int, ...]) -> bool:
    """Tell whether any character of a text stands in some stretches of Unicode."""
    return any(bisect_right(stretches, ord(char)) % 2 for char in text)
