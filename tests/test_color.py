"""Colours: reading, writing, mixing and contrast."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banana_layout.color import BLACK, WHITE, Color

SHARES = st.floats(0, 1)
COLORS = st.builds(Color, SHARES, SHARES, SHARES)


@given(st.integers(0, 0xFFFFFF))
def test_every_hex_colour_survives_reading_and_writing(n):
    """`#rrggbb` comes back as it went in."""
    assert Color.parse(f"#{n:06x}").hex == f"#{n:06x}"


def test_three_digits_are_short_for_six():
    """CSS's short form is understood."""
    assert Color.parse("#1f5") == Color.parse("#11ff55")


@pytest.mark.parametrize(
    "text", ["", "#", "1f5bb5", "#1f5bb", "#1f5bb5ff", "#gggggg", "red", "#+1+2+3", "#1_2_3f", "##fff"]
)
def test_what_is_no_colour_is_refused(text):
    """Only the two hex forms are colours, whatever Python's int() would take."""
    with pytest.raises(ValueError, match="is not a colour"):
        Color.parse(text)


def test_contrast_of_black_and_white_is_the_scale_s_end():
    """WCAG's ratio runs from 1 to 21."""
    assert BLACK.contrast(WHITE) == pytest.approx(21.0)
    assert WHITE.contrast(WHITE) == 1.0


def test_contrast_agrees_with_published_pairs():
    """Known pairs: mid grey #767676 is the lightest grey that reads on white."""
    assert Color.parse("#767676").contrast(WHITE) == pytest.approx(4.54, abs=0.005)
    assert Color.parse("#0000ff").contrast(WHITE) == pytest.approx(8.59, abs=0.005)


@given(COLORS, COLORS)
def test_contrast_does_not_ask_which_is_the_ground(a, b):
    """Contrast is symmetric and stays on its scale."""
    assert a.contrast(b) == b.contrast(a)
    assert 1.0 <= a.contrast(b) <= 21.0 + 1e-9


@given(COLORS, COLORS, SHARES)
def test_a_mix_lies_between_its_parts(a, b, share):
    """No component leaves the range its parts span."""
    for x, y, mixed in zip(a, b, a.mix(b, share), strict=True):
        assert min(x, y) - 1e-12 <= mixed <= max(x, y) + 1e-12


@given(COLORS)
def test_multiplying_onto_white_changes_nothing_and_onto_black_leaves_black(c):
    """A highlighter darkens what lies under it, never lightens."""
    assert c.multiplied(WHITE) == c
    assert c.multiplied(BLACK) == BLACK
