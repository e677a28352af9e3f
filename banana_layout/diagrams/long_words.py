"""Where words too long for a node may be broken."""

from __future__ import annotations

import math
from functools import lru_cache

_LONGEST_PIECE = 14
"""Signs a piece of a long word has at most."""

_KANA = r"\p{Han}\p{Hiragana}\p{Katakana}"
_UNITS = (
    rf"[{_KANA}]\p{{M}}*[、。，．！？」』）ーぁぃぅぇぉっゃゅょァィゥェォッャュョ]*"
    rf"|(?:(?<=[a-z0-9])\p{{Lu}}|[^{_KANA}/\-._:,&?=])(?:[^{_KANA}/\-._:,&?=\p{{Lu}}]|(?<![a-z0-9])\p{{Lu}})*[/\-._:,&?=]*"
    r"|[/\-._:,&?=]+"
)
"""A long word's units: a CJK sign with its closing signs; a run up to a mark or a capital after a small letter; marks."""


@lru_cache(maxsize=512)
def pieces(text: str) -> tuple[str, ...]:
    """Return where a long word may be broken: after each CJK sign, slash, hyphen, dot or underscore, before a capital.

    What is still longer than `_LONGEST_PIECE` signs is cut into even parts.
    """
    import regex

    found = regex.findall(_UNITS, text)
    out: list[str] = []
    for piece in found:
        signs = regex.findall(r"\X", piece)
        parts = math.ceil(len(signs) / _LONGEST_PIECE)
        step = math.ceil(len(signs) / max(1, parts))
        out += ["".join(signs[i : i + step]) for i in range(0, len(signs), step)]
    return tuple(out)
