"""The number format."""

import re

from hypothesis import given
from hypothesis import strategies as st

from banana_layout.render.number import HUNDREDTHS, number, numbers, ratio

FINITE = st.floats(-1e7, 1e7)
FORM = re.compile(r"-?(?:[1-9]\d*|0|(?=\.))(?:\.\d*[1-9])?")


@given(FINITE)
def test_a_number_reads_back_within_half_a_hundredth(value):
    """What is written is the value, rounded to two decimals."""
    assert abs(float(number(value)) - value) <= 0.005 + 1e-9 * abs(value)


@given(FINITE)
def test_a_number_is_written_in_its_shortest_form(value):
    """There is no exponent, no trailing zero, no -0 and no zero before the point."""
    text = number(value)
    assert FORM.fullmatch(text)
    assert text not in {"-0", "", "-"}
    assert len(text.partition(".")[2]) <= 2


@given(st.floats(-1000, 1000))
def test_a_ratio_reads_back_within_half_a_ten_thousandth(value):
    """Factors keep four decimals in the same form."""
    assert abs(float(ratio(value)) - value) <= 0.00005 + 1e-9
    assert FORM.fullmatch(ratio(value))


def test_small_examples():
    """A few values everyone can check."""
    values = (0.0, -0.0, -0.004, 0.5, -0.5, 1.0, 12.3, 12.345678, 100.0, -7.1)
    assert numbers(values) == ["0", "0", "0", ".5", "-.5", "1", "12.3", "12.35", "100", "-7.1"]
    assert [ratio(v) for v in (-0.00001, 0.12345, 1.0)] == ["0", ".1234", "1"]


def test_kept_texts_are_bounded():
    """Hostile coordinates cannot fill the memory."""
    for n in range(10_000_000, 10_200_005):
        HUNDREDTHS[n]
    assert len(HUNDREDTHS) <= 200_000
    assert number(1.25) == "1.25"
