"""Pictures in a press's inks held to its ink limit (ISO 12647-2, total area coverage)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from banana_layout.render.pdf.coverage import Amounts, bound

if TYPE_CHECKING:
    from PIL.Image import Image


def held(picture: Image, limit: float) -> Image:
    """Return a CMYK picture in which no pixel takes more than `limit` (1 being one plate's full tone).

    Where there is too much, black takes the place of the grey that the three other inks make together (grey component
    replacement), and what is still too much is taken from the three in equal shares.
    """
    from PIL import Image as Pillow
    from PIL import ImageMath

    c, m, y, k = picture.split()
    most = int(255 * limit)
    if _summed(picture) <= most:
        return picture

    def replaced(o: dict[str, Any]) -> Any:
        over = o["max"](o["c"] + o["m"] + o["y"] + o["k"] - most, 0)
        return o["min"](o["min"](o["min"](o["c"], o["m"]), o["y"]), o["min"]((over + 1) / 2, 255 - o["k"]))

    grey = ImageMath.lambda_eval(replaced, c=c, m=m, y=y, k=k)
    k = ImageMath.lambda_eval(lambda o: o["convert"](o["k"] + o["grey"], "L"), k=k, grey=grey)

    def lessened(o: dict[str, Any]) -> Any:
        whole = o["c"] + o["m"] + o["y"] - 3 * o["grey"]
        over = o["max"](whole + o["k"] - most, 0)
        own = o["one"] - o["grey"]
        # Rounded up, so that the three together lose at least what is too much.
        return o["convert"](own - (own * over + o["max"](whole, 1) - 1) / o["max"](whole, 1), "L")

    inks = [ImageMath.lambda_eval(lessened, one=one, c=c, m=m, y=y, k=k, grey=grey) for one in (c, m, y)]
    return Pillow.merge("CMYK", (*inks, k))


def heaviest(picture: Image, limit: float) -> tuple[Amounts, ...]:
    """Return amounts of the four inks that bound those of a CMYK picture's pixels, which keep within the limit."""
    most: Any = picture.getextrema()
    return bound([high / 255 for _, high in most], [min(limit, _summed(picture) / 255)])


def _summed(picture: Image) -> int:
    """Return at least the most that a pixel's four inks sum up to, at most 6 steps more; 255 is one plate's full tone."""
    from PIL import ImageChops

    c, m, y, k = picture.split()
    # Halved three times and rounded down each time: what is lost comes back as 4 * 3/2.
    most: Any = ImageChops.add(ImageChops.add(c, m, 2), ImageChops.add(y, k, 2), 2).getextrema()[1]
    return int(4 * most + 6)
