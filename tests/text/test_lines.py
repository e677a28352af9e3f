"""Line breaking in numbers: a naive twin, and what must always hold."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banana_layout.text.lines import SHORT, Row, broken, count, greedy


def row(widths: list[float], space: float = 0.3, penalties: list[float] | None = None) -> Row:
    """Return words of the given widths with equal spaces."""
    starts, ends, x = [], [], 0.0
    for w in widths:
        starts.append(x)
        ends.append(x + w)
        x += w + space
    return Row(starts, ends, penalties or [0.0] * len(widths))


def line_widths(r: Row, ends: list[int]) -> list[float]:
    """Return each line's width."""
    return [r.ends[j - 1] - r.starts[i] for i, j in itertools.pairwise([0, *ends])]


def cost(r: Row, ends: list[int], measure: float) -> float:
    """Return what the breaker makes least: squared slack of all lines but the last, and penalties."""
    widths = line_widths(r, ends)[:-1]
    return sum(max(0.0, (measure - w) / measure) ** 2 for w in widths) + sum(r.penalties[j - 1] for j in ends[:-1])


def naive(r: Row, measure: float) -> tuple[int, float]:
    """Return the fewest lines and, among all ways to break into them, the least cost, by trying all."""
    n = len(r.starts)
    found = []
    for size in range(n):
        for cuts in itertools.combinations(range(1, n), size):
            ends = [*cuts, n]
            starts = [0, *cuts]
            if all(
                r.ends[j - 1] - r.starts[i] <= measure + 1e-9 or j - i == 1 for i, j in zip(starts, ends, strict=True)
            ):
                found.append((len(ends), cost(r, ends, measure)))
        if found:
            break
    return min(found)


WIDTHS = st.lists(st.floats(0.2, 6.0), min_size=1, max_size=9)


@given(WIDTHS, st.floats(2.0, 12.0), st.data())
def test_breaks_are_the_best_of_all(widths: list[float], measure: float, data: st.DataObject) -> None:
    """Unless a short last line asks for less measure, no other way into as few lines costs less."""
    penalties = data.draw(st.lists(st.sampled_from([0.0, 0.06]), min_size=len(widths), max_size=len(widths)))
    r = row(widths, penalties=penalties)
    ends = broken(r, measure)
    lines, least = naive(r, measure)
    assert len(ends) == lines == count(r, measure)
    if len(ends) > 1 and line_widths(r, ends)[-1] > SHORT * measure and cost(r, ends, measure) > least + 1e-6:
        # Narrowed: the unnarrowed best must have had a shorter last line than this one.
        assert any(
            abs(cost(r, [*cuts, len(widths)], measure) - least) < 1e-6
            and line_widths(r, [*cuts, len(widths)])[-1] < SHORT * measure
            for cuts in itertools.combinations(range(1, len(widths)), lines - 1)
        )
    elif len(ends) > 1 and line_widths(r, ends)[-1] > SHORT * measure:
        assert cost(r, ends, measure) == pytest.approx(least, abs=1e-6)


@given(st.lists(st.floats(0.2, 9.0), min_size=1, max_size=300), st.floats(3.0, 40.0), st.booleans())
def test_every_word_once_and_no_line_too_wide(widths: list[float], measure: float, balance: bool) -> None:
    """Breaks rise to the last word; only a single word may exceed the measure; the count is the measured one."""
    r = row(widths)
    ends = broken(r, measure, balance)
    assert ends[-1] == len(widths)
    assert all(i < j for i, j in itertools.pairwise([0, *ends]))
    for (i, j), width in zip(itertools.pairwise([0, *ends]), line_widths(r, ends), strict=True):
        assert width <= measure + 1e-6 or j - i == 1
    assert len(ends) == count(r, measure) == len(greedy(r, measure))


def test_a_lone_last_word_is_brought_company() -> None:
    """Ten equal words where nine fit: the last line is not one word."""
    r = row([2.0] * 10)
    ends = broken(r, 21.0)
    widths = line_widths(r, ends)
    assert len(ends) == 2
    assert widths[-1] >= SHORT * 21.0


def test_balanced_lines_are_about_equal() -> None:
    """A heading of eight equal words where six fit becomes four and four."""
    assert broken(row([2.0] * 8), 14.0, balance=True) == [4, 8]


def test_a_penalised_break_is_avoided_where_another_costs_less() -> None:
    """With one of two places penalised, the other is taken."""
    free = broken(row([3.0, 1.0, 1.0, 4.0, 4.0], penalties=[0.0, 0.0, 0.5, 0.0, 0.0]), 6.0)
    assert free[0] == 2


def test_huge_text_breaks_in_linear_time() -> None:
    """A hundred thousand words end, in as few lines as can be."""
    r = row([1.0 + (i * 7919 % 13) / 5 for i in range(100_000)])
    ends = broken(r, 30.0)
    assert (ends[-1], len(ends)) == (100_000, count(r, 30.0))


def test_balanced_lines_are_wider_rather_than_end_at_a_penalty() -> None:
    """A date stays whole in a balanced setting where the measure allows it, in as many lines."""
    found = row([2.0, 1.0, 1.0, 2.5], penalties=[0.1, 0.1, 0.0, 0.0])
    assert broken(found, 5.0, balance=True) == [3, 4]
    assert broken(found, 4.2, balance=True) == [2, 4]
    assert broken(row([2.0, 1.0, 1.0, 2.5]), 5.0, balance=True) == [2, 4]
