"""The sketch's randomness."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from banana_layout.sketch.noise import NOISE_PEAK, Dice, noise, noises


@given(st.integers(), st.text(max_size=20))
def test_dice_depend_on_seed_and_key_only(seed: int, key: str) -> None:
    """Two dice of one seed and key roll the same numbers, whatever was rolled elsewhere between."""
    a = Dice.of(seed, key)
    first = [a.bits() for _ in range(3)]
    Dice.of(seed + 1, key).bits()
    b = Dice.of(seed, key)
    assert [b.bits() for _ in range(3)] == first


def test_dice_of_other_keys_differ() -> None:
    """A thousand keys roll a thousand different numbers."""
    rolled = {Dice.of(1, f"panel/{i}").bits() for i in range(1000)} | {Dice.of(2, "panel/1").bits()}
    assert len(rolled) == 1001


def test_dice_fill_their_range_evenly() -> None:
    """Draws stay in the range and average to its middle."""
    dice = Dice.of(7, "even")
    draws = [dice.between(2, 4) for _ in range(4000)]
    assert 2 <= min(draws) < 2.01
    assert 3.99 < max(draws) < 4
    assert abs(sum(draws) / len(draws) - 3) < 0.05


@given(st.floats(-1e9, 1e9))
def test_noise_stays_within_its_peak(x: float) -> None:
    """Noise is bounded at every place, negative and far ones too."""
    assert abs(noise(x)) <= NOISE_PEAK


@given(st.floats(-1000, 1000), st.floats(0, 1e-4))
def test_noise_is_smooth(x: float, step: float) -> None:
    """A small step changes the noise a little, across lattice points too."""
    assert abs(noise(x + step) - noise(x)) <= 6 * step + 1e-9


@given(st.floats(0, 1024), st.floats(0.001, 5), st.lists(st.floats(-50, 500), max_size=5))
def test_many_noises_equal_single_ones(offset: float, rate: float, places: list[float]) -> None:
    """The fast form gives what the plain one gives."""
    assert noises(offset, rate, places) == [noise(offset + rate * p) for p in places]
