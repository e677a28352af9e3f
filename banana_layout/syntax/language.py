"""Which language a text is in, told by its script."""

from __future__ import annotations

_SAMPLE = 20_000
"""So many characters are looked at."""
_SHARE = 0.02
"""Hangul or kana in this share of a text's letters tell its language; less is a word quoted."""


def language_of(text: str, default: str) -> str:
    """Return `ko`, `ja` or `en` by the letters of a text; `default` where it has none."""
    letters = [c for c in text[:_SAMPLE] if c.isalpha()]
    if not letters:
        return default
    hangul = sum("\uac00" <= c <= "\ud7a3" for c in letters) / len(letters)
    kana = sum("\u3041" <= c <= "\u30ff" for c in letters) / len(letters)
    if max(hangul, kana) >= _SHARE:
        return "ko" if hangul >= kana else "ja"
    latin = sum(c < "\u0250" for c in letters) / len(letters)
    return "en" if latin > 0.5 else default
