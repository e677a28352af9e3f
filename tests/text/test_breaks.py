"""Where words may be parted."""

from __future__ import annotations

import itertools

import pytest

from banana_layout.text.breaks import between, inner_breaks


def parts(word: str) -> list[str]:
    """Return a word cut at every place it may be parted."""
    cuts = [0, *(i for i, _ in inner_breaks(word)), len(word)]
    return [word[i:j] for i, j in itertools.pairwise(cuts)]


@pytest.mark.parametrize(
    "word", ["학습된", "모델로", "ChatGPT와", "24/7", "3-4", "-v", "a-", "f(x)", "f(abc)", "1/2", "COVID-19", "왜?"]
)
def test_words_stay_whole(word: str) -> None:
    """Hangul, a particle after Latin, fractions, ranges, options and calls are never parted."""
    assert parts(word) == [word]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("https://a.bc/de?f=g&h", ["https://", "a.bc/", "de?", "f=", "g&", "h"]),
        ("and/or", ["and/", "or"]),
        ("well-known", ["well-", "known"]),
        ("추론(inference)", ["추론", "(inference)"]),
        ("추론—학습", ["추론—", "학습"]),
        ("ab\u200bcd", ["ab\u200b", "cd"]),
        ("今日は、「天気」", ["今", "日", "は、", "「天", "気」"]),
        ("ちょっとカー", ["ちょっ", "と", "カー"]),
        ("民主는", ["民", "主는"]),
    ],
)
def test_places_inside_words(word: str, expected: list[str]) -> None:
    """Addresses, slashes, hyphens, dashes, parentheses, Han and kana with kinsoku."""
    assert parts(word) == expected


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("1919. 3. 1. 태화관", [True, True, False]),
        ("두부 200 g 더", [False, True, False]),
        ("a 17 °C day", [False, True, False]),
        ("체제는? → 공화제", [False, True]),
        ("끝났다. 3월에", [False]),
        ("in 30 minutes", [False, False]),
        ("1592 1598", [False]),
    ],
)
def test_dates_measures_and_signs_hold_together(text: str, held: list[bool]) -> None:
    """A line end inside a date, between a number and its unit or behind an arrow costs; elsewhere spaces are free."""
    found = [between(text, i, i + 1) > 0 for i, c in enumerate(text) if c == " "]
    assert found == held
