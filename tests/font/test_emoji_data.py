"""The tables of emoji characters against an independent copy of Unicode's data."""

from __future__ import annotations

import pytest
import regex

from banana_layout.font.emoji_data import is_emoji_character, is_presented, takes_skin_tone

PLANES = [chr(c) for c in (*range(0xD800), *range(0xE000, 0x20000))]


@pytest.mark.parametrize(
    ("tells", "name"),
    [
        (is_emoji_character, "Emoji"),
        (is_presented, "Emoji_Presentation"),
        (takes_skin_tone, "Emoji_Modifier_Base"),
    ],
)
def test_the_tables_agree_with_unicode(tells, name: str) -> None:
    """What a table names has the property, and whatever was an emoji in Unicode 15 is named."""
    has = regex.compile(rf"\p{{{name}}}")
    ours = {c for c in PLANES if tells(c)}
    theirs = {c for c in PLANES if has.match(c)}
    assert ours <= theirs
    # A newer Unicode may know more: new emoji come in this block only.
    assert all("\U0001fa70" <= c <= "\U0001faff" or c in "\U0001f6d8\U0001f6d9" for c in theirs - ours)
