"""The one number format of every output: short, exact to two decimals, the same on every machine."""

from __future__ import annotations

from collections.abc import Iterable

from banana_layout.geometry.affine import Affine

_LIMIT = 200_000
"""How many strings are kept; an A4 page has 84,190 distinct coordinates at most."""


_RESTS = ["", *(f".{n:02d}".rstrip("0") for n in range(1, 100))]
"""What stands behind a whole number of units for so many hundredths."""


class _Strings(dict[int, str]):
    """The text of n / 100 for whole n, each worked out once.

    A dictionary that fills itself costs 0.1 µs a number (0.3 µs a new one); `"%.2f"` with its zeros stripped costs 0.2 µs.
    """

    def __missing__(self, n: int) -> str:
        """Work out a text that is not known yet."""
        if len(self) >= _LIMIT:
            self.clear()
        if n > 99:
            text = f"{n // 100}{_RESTS[n % 100]}"
        elif n < 0:
            text = f"-{self[-n]}"
        else:
            text = _RESTS[n] or "0"
        self[n] = text
        return text


HUNDREDTHS = _Strings()
"""The text of a number given in whole hundredths; renderers index it directly in their inner loops."""


def number(value: float) -> str:
    """Return a number with at most two decimals: no exponent, no trailing zero, no -0, no zero before the point.

    A ValueError or OverflowError for what is not a finite number.
    """
    return HUNDREDTHS[round(value * 100)]


def numbers(values: Iterable[float]) -> list[str]:
    """Return each value as `number` gives it."""
    return [HUNDREDTHS[round(v * 100)] for v in values]


def ratio(value: float, places: int = 4) -> str:
    """Return a factor with at most `places` decimals in the same form: matrices, opacities, colour components."""
    one = 10**places
    n = round(value * one)
    whole, rest = divmod(abs(n), one)
    text = str(whole) if whole or not rest else ""
    if rest:
        text += f".{rest:0{places}d}".rstrip("0")
    return f"-{text}" if n < 0 else text


def matrix(m: Affine) -> list[str]:
    """Return a map's six numbers; factors keep six decimals, so that a point is 0.001 off at most on a large page."""
    return [*(ratio(v, 6) for v in m[:4]), *numbers(m[4:])]
