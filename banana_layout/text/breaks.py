"""Where a word may be parted when it stands at a line's end, and between which words a line ends badly."""

from __future__ import annotations

import functools
import re

from banana_layout.font.face import is_hangul, is_kana_or_han

PENALTY = 0.06
"""Cost of a break inside a word, in squared shares of the measure: as bad as a line a quarter too short."""

SIGNS = frozenset("=+×÷→⇒")
"""Signs that lead on: a line that ends with one reads as if something were missing."""
_UNIT = re.compile(r"(?:[A-Za-zµ]{1,3}|[°℃%][A-Z]?)\Z")
"""What may stand behind a number: a unit."""

CANDIDATE = re.compile(r"[-/?&=(]|[^\x20-\x7e\u3131-\u318e\uac00-\ud7a3]")
"""A word without any of these is whole."""
_ADDRESS = re.compile(r"://|^www\.|/[^/]+/|^[\w.-]+\.[a-z]{2,}/")


@functools.lru_cache(maxsize=8192)
def inner_breaks(word: str) -> tuple[tuple[int, float], ...]:
    """Return the places (index of the character after it, penalty) where a word without spaces may be parted.

    Hangul and Latin words stay whole (keep-all, CSS Text 3 section 5.2), apart from: after `/ ? & =` in addresses,
    after a slash between words, after a hyphen between letters, after a dash, before an opening parenthesis, at
    U+200B. Chinese characters and kana part freely where UAX #14 allows.
    """
    found: dict[int, float] = {}
    address = _ADDRESS.search(word) is not None
    for i in range(1, len(word)):
        before, after = word[i - 1], word[i]
        if before == "\u200b":
            found[i] = 0.0
        elif address:
            if before in "/?&=" and after not in "/?&=":
                found[i] = PENALTY
        elif (before == "/" and i > 2 and after.isalpha() and word[i - 2].isalpha()) or (
            before in "-\u2013" and i > 2 and i < len(word) - 1 and after.isalpha() and word[i - 2].isalpha()
        ):
            found[i] = PENALTY
        elif before == "\u2014" and i > 1 and after.isalnum():
            found[i] = PENALTY / 2
        elif after == "(" and i > 1 and before.isalpha() and len(word) - i > 3:
            found[i] = PENALTY
    if any(is_kana_or_han(c) for c in word):
        found.update(_free_breaks(word))
    return tuple(sorted(found.items()))


def between(text: str, start: int, end: int) -> float:
    """Return the cost of a line end at the spaces from `start` to `end`: inside a date, a measure or after a sign it is high."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before in SIGNS:
        return PENALTY
    if before == "." and after.isdigit():  # 1919. 3. 1.
        return 2 * PENALTY if text[start - 2 : start - 1].isdigit() else 0.0
    if before.isdigit() and not after.isdigit():
        word = text[end : end + 4].split(maxsplit=1)
        return 2 * PENALTY if word and _UNIT.match(word[0].rstrip(".,;:)")) else 0.0
    return 0.0


def _free_breaks(word: str) -> dict[int, float]:
    """Return the places beside Chinese characters and kana where UAX #14 lets a line end, none beside Hangul."""
    found = {}
    for i in range(1, len(word)):
        before, after = word[i - 1], word[i]
        if (is_kana_or_han(before) or is_kana_or_han(after)) and _may_part(before, after):
            found[i] = 0.0
    return found


_STAYS_BEFORE = frozenset(
    ["BA", "CJ", "CL", "CM", "CP", "EX", "GL", "HY", "IN", "IS", "NS", "PO", "QU", "SY", "WJ", "ZWJ"]
)
"""Classes that never begin a line (kinsoku): closing marks, small kana, sound marks."""
_STAYS_AFTER = frozenset(["BB", "GL", "OP", "PR", "QU", "WJ", "ZWJ"])
"""Classes that never end one: opening marks."""


@functools.lru_cache(maxsize=16384)
def _may_part(before: str, after: str) -> bool:
    """Tell whether UAX #14 (rules LB8a to LB23a, strict) lets a line end between two characters, one of them Han or kana."""
    if is_hangul(before) or is_hangul(after):
        return False
    from uniseg.linebreak import line_break

    return line_break(after).name not in _STAYS_BEFORE and line_break(before).name not in _STAYS_AFTER
