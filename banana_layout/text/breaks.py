"""Where a word may be parted when it stands at a line's end."""

from __future__ import annotations

import functools
import re

from banana_layout.font.face import is_hangul, is_kana_or_han

PENALTY = 0.06
"""Cost of a break inside a word, in squared shares of the measure: as bad as a line a quarter too short."""

CANDIDATE = re.compile(r"[-/?&=(\u2013\u2014\u200b\u2026\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
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


def _free_breaks(word: str) -> dict[int, float]:
    """Return the places UAX #14 allows beside Chinese characters and kana, none beside Hangul."""
    from uniseg.linebreak import line_break_units  # noqa: PLC0415  (only such words need its tables)

    found = {}
    at = 0
    for unit in line_break_units(word):
        at += len(unit)
        if at < len(word):
            before, after = word[at - 1], word[at]
            if (is_kana_or_han(before) or is_kana_or_han(after)) and not is_hangul(before) and not is_hangul(after):
                found[at] = 0.0
    return found
