"""Graphemes, found without the Unicode library where no character can join another."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from banana_layout.font.book import FontBook
from banana_layout.text.itemise import graphemes, itemiser

JOINING = "\u0301\u200d\ufe0f\u1100\u1161\u11a8\U0001f1f0\U0001f1f7\U0001f3fd\u20e3\r\n\u0e33\u093f\u0600"
NEAR = st.sampled_from("a1#é가한あ漢。→★⚡🍌👍❤ʼ" + JOINING) | st.characters(blacklist_categories=["Cs"])


@given(st.text(NEAR, max_size=12))
def test_graphemes_are_unicodes(text: str) -> None:
    """Any text is cut as UAX #29 cuts it, joiners and combining marks beside plain characters among it."""
    assert graphemes(text) == regex.findall(r"\X", text)


def test_characters_that_stand_alone_do_so_beside_each_other() -> None:
    """Every single character of the Unicode range, beside a letter, a syllable and an emoji, is cut rightly."""
    for first in range(0, 0x30000, 0x400):
        chars = [chr(c) for c in range(first, first + 0x400) if not 0xD800 <= c < 0xE000]
        text = "".join(f"a{c}가{c}👍{c}{c}" for c in chars)
        assert [g for c in chars for g in graphemes(f"a{c}가{c}👍{c}{c}")] == [
            g for c in chars for g in regex.findall(r"\X", f"a{c}가{c}👍{c}{c}")
        ], hex(first)
        assert "".join(graphemes(text)) == text


@pytest.mark.parametrize("fraction", "½¼¾")
def test_fractions_are_set_close(fraction: str) -> None:
    """A fraction is no wider than a figure and a half, so that it stays beside the figure before it: 1½."""
    whole = itemiser(FontBook.standard(), ("gamja",), "ko", True)
    (one,) = whole.pieces("2")
    (piece,) = whole.pieces(fraction)
    assert piece.width < 1.5 * one.width
