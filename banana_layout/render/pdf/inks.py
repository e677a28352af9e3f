"""Colours as operators: sRGB for screens, plates of a printing condition for presses (ISO 32000-1, 8.6)."""

from __future__ import annotations

import functools
import io
import math
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from banana_layout.color import Color
from banana_layout.render.number import ratio
from banana_layout.render.pdf.coverage import Amounts
from banana_layout.render.pdf.photograph import heaviest, held
from banana_layout.render.pdf.preset import Press
from banana_layout.resources import asset
from banana_layout.source import BananaError

if TYPE_CHECKING:
    from PIL.Image import Image

FOGRA39 = "icc/FOGRA39L_coated.icc"
"""The printing condition that comes along: offset on coated paper (ISO 12647-2), characterised by FOGRA39."""
SRGB = "icc/sRGB2014.icc"
"""The International Color Consortium's sRGB profile."""
ALL = "All"
"""Resource name of the colour that is on every plate, those of inks of their own too (ISO 32000-1, 8.6.6.4)."""
_GREY = {False: 3.5, True: 10.0}
"""Chroma (CIELAB) below which a colour is a grey, printed in black ink alone; for text, whose edges are fine, the second."""
_DARK, _DARK_CHROMA = 32.0, {False: 9.0, True: 22.0}
"""Lightness and chroma below which a colour is black; for text the second, so that plates need not meet."""
_SOLID = 0.9
"""Black from here on is solid: a screen of 97 % would fray thin lines."""
_KEPT = 20_000
"""How many colours are remembered."""
_SCUM = 0.02
"""Less than this of an ink prints as stray dots."""
_HEAD = 128
"""Bytes of a profile's head."""
_REPLACED = 24
"""Steps in which black is tried in the place of the other inks."""


class Cmyk(NamedTuple):
    """Amounts of the four inks, 0 to 1."""

    c: float
    """Cyan."""
    m: float
    """Magenta."""
    y: float
    """Yellow."""
    k: float
    """Black."""


class Samples(NamedTuple):
    """A picture's samples."""

    data: bytes
    """Row by row, a byte each."""
    space: str
    """Their device colour space."""
    heaviest: tuple[Amounts, ...] = ()
    """Ink that none of its places exceeds in every plate; empty where it goes to no press."""


class Inks(Protocol):
    """What a page's colours become."""

    def fill(self, color: Color, *, text: bool = False, tint: float = 1.0) -> str:
        """Return the operator that sets the colour of fills; with `tint` below 1, of that share of its inks."""
        ...

    def stroke(self, color: Color, *, text: bool = False, tint: float = 1.0) -> str:
        """Return the operator that sets the colour of lines, likewise."""
        ...

    def is_black(self, color: Color) -> bool:
        """Tell whether text of a colour is solid black ink that may be printed over others."""
        ...

    def amounts(self, color: Color, *, text: bool = False) -> Amounts:
        """Return how much of each ink a colour takes."""
        ...

    def picture(self, image: Image) -> Samples:
        """Return a picture's samples."""
        ...


class ScreenInks:
    """sRGB; neutrals as DeviceGray."""

    def fill(self, color: Color, *, text: bool = False, tint: float = 1.0) -> str:
        """Return the operator that sets the colour of fills."""
        return _nonstroking(color)

    def stroke(self, color: Color, *, text: bool = False, tint: float = 1.0) -> str:
        """Return the operator that sets the colour of lines."""
        return _stroking(color)

    def amounts(self, color: Color, *, text: bool = False) -> Amounts:
        """Screens know no inks."""
        return ()

    def is_black(self, color: Color) -> bool:
        """Screens know no overprinting."""
        return False

    def picture(self, image: Image) -> Samples:
        """Return a picture's samples in sRGB."""
        return Samples(image.convert("RGB").tobytes(), "DeviceRGB")


class PressInks:
    """The plates of a press; each colour is converted once (ISO 15930-7, 6.3)."""

    def __init__(self, press: Press) -> None:
        self.press = press
        """How pages are printed."""
        self.spots: dict[str, str] = {}
        """Resource names of the inks of their own in use, by ink name."""
        self._condition = condition(press.profile)
        self._known: dict[tuple[Color, bool, float], str] = {}
        self._named = {color.hex: name for color, name in press.spots}
        self._names = tuple(dict.fromkeys(self._named.values()))

    def cmyk(self, color: Color, *, text: bool = False) -> Cmyk:
        """Return the inks that look like an sRGB colour: greys and dark text in black alone, no more ink than allowed."""
        return self._condition.inks(color, self.press.ink_limit, grey=self.press.grey, text=text)

    def alternate(self, name: str) -> Cmyk:
        """Return what stands in for an ink of its own where a press has it not."""
        return next(self.cmyk(color) for color, known in self.press.spots if known == name)

    def fill(self, color: Color, *, text: bool = False, tint: float = 1.0) -> str:
        """Return the operator that sets the colour of fills."""
        found = self._known.get((color, text, tint))
        if found is None:
            name = self._spot(color)
            if name is not None:
                found = f"/{self.spots.setdefault(name, f'S{len(self.spots)}')} cs {ratio(floored(tint), 2)} scn"
            else:
                inks = self.cmyk(color, text=text)
                found = " ".join(ratio(v if tint >= 1.0 else floored(v * tint), 2) for v in inks) + " k"
            self._known[color, text, tint] = found
        return found

    def stroke(self, color: Color, *, text: bool = False, tint: float = 1.0) -> str:
        """Return the operator that sets the colour of lines."""
        found = self.fill(color, text=text, tint=tint)
        return found[:-1] + "K" if found.endswith("k") else found.replace(" cs ", " CS ").replace(" scn", " SCN")

    def amounts(self, color: Color, *, text: bool = False) -> Amounts:
        """Return how much of each ink a colour takes, counted as `coverage` does."""
        inks = self.cmyk(color, text=text)
        if not self._named:
            return inks
        name = self._spot(color)
        own = tuple(1.0 if known == name else 0.0 for known in self._names)
        return (*inks, *(inks if name is None else (0.0, 0.0, 0.0, 0.0)), *own)

    def is_black(self, color: Color) -> bool:
        """Tell whether text of a colour is solid black ink that may be printed over others."""
        return (
            self.press.overprint and self._spot(color) is None and self.cmyk(color, text=True) == (0.0, 0.0, 0.0, 1.0)
        )

    def picture(self, image: Image) -> Samples:
        """Return a picture's samples: greys in black ink, colours on four plates, no place with more ink than allowed."""
        if self.press.grey or image.mode in ("L", "1"):
            grey = image.convert("L")
            darkest: Any = grey.getextrema()[0]
            dark: tuple[Amounts, ...] = ((0.0, 0.0, 0.0, 1.0 - darkest / 255),)
            made, space = grey, "DeviceGray"
        else:
            made, space = self._condition.picture(image, self.press.ink_limit), "DeviceCMYK"
            dark = heaviest(made, self.press.ink_limit)
        counted = tuple((*v, *v, *(0.0 for _ in self._names)) if self._named else v for v in dark)
        return Samples(made.tobytes(), space, counted)

    def _spot(self, color: Color) -> str | None:
        """Return the name of a colour's own ink; None where it has none."""
        return None if self.press.grey or not self._named else self._named.get(color.hex)


class Condition:
    """A printing condition, as its ICC profile describes it (ISO 15076-1)."""

    def __init__(self, profile: bytes) -> None:
        from PIL import Image as Pillow
        from PIL import ImageCms

        self.profile = profile
        """The profile itself."""
        self.name = "custom"
        """What the profile calls itself."""
        self._known: dict[tuple[Color, float, bool, bool], Cmyk] = {}
        hints = ("give a CMYK printer profile (.icc)",)
        reason = _unfit(profile)
        if reason:
            raise BananaError.single(f"the output profile cannot be used: {reason}", hints=hints)
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            srgb = ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))
            lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
            how = {
                "renderingIntent": ImageCms.Intent.RELATIVE_COLORIMETRIC,
                "flags": ImageCms.Flags.BLACKPOINTCOMPENSATION,
            }
            self._plates: Any = ImageCms.buildTransform(srgb, own, "RGB", "CMYK", **how)  # type: ignore[arg-type]
            self._lab: Any = ImageCms.buildTransform(srgb, lab, "RGB", "LAB", **how)  # type: ignore[arg-type]
            ramp = Pillow.frombytes("CMYK", (256, 1), bytes(v for k in range(256) for v in (0, 0, 0, k)))
            self._seen: Any = ImageCms.buildTransform(own, lab, "CMYK", "LAB", **how)  # type: ignore[arg-type]
            for one in (self._plates, self._lab, self._seen):
                one.output_profile = lab  # Pillow writes it into every picture, and some profiles cannot be written
            shown = ImageCms.applyTransform(ramp, self._seen)
            self.name = (ImageCms.getProfileDescription(own) or "").strip() or self.name
        except (ImageCms.PyCMSError, OSError, ValueError) as error:
            raise BananaError.single(
                f"the output profile cannot be used: it is damaged ({error})", hints=hints
            ) from error
        assert shown is not None
        self._blacks = [v / 2.55 for v in shown.getchannel("L").tobytes()]

    def inks(self, color: Color, limit: float, *, grey: bool, text: bool = False) -> Cmyk:
        """Return the inks that look like a colour; `limit` holds for their sum. Each colour is converted once."""
        key = (color, limit, grey, text)
        found = self._known.get(key)
        if found is None:
            if len(self._known) > _KEPT:
                self._known.clear()
            found = self._known[key] = self._converted(color, limit, grey=grey, text=text)
        return found

    def _converted(self, color: Color, limit: float, *, grey: bool, text: bool) -> Cmyk:
        """Return the inks of a colour that is not known yet."""
        from PIL import Image as Pillow
        from PIL import ImageCms

        pixel = Pillow.frombytes("RGB", (1, 1), bytes(round(255 * max(0.0, min(1.0, v))) for v in color))
        light, a, b = ImageCms.applyTransform(pixel, self._lab).tobytes()  # type: ignore[union-attr]
        lightness, chroma = light / 2.55, ((a ^ 128) - 128) ** 2 + ((b ^ 128) - 128) ** 2
        if grey or chroma < _GREY[text] ** 2 or (lightness < _DARK and chroma < _DARK_CHROMA[text] ** 2):
            k = min(range(256), key=lambda i: abs(self._blacks[i] - lightness)) / 255
            return Cmyk(0.0, 0.0, 0.0, 1.0 if k >= _SOLID else 0.0 if k < _SCUM else round(k, 2))
        found = Cmyk(*(v / 255 for v in ImageCms.applyTransform(pixel, self._plates).tobytes()))  # type: ignore[union-attr]
        if math.fsum(found) > limit:
            return self._lightened(found, limit, (light, a, b))
        whole = Cmyk(*(0.0 if v < _SCUM else round(v, 2) for v in found))
        return (
            whole
            if math.fsum(whole) <= limit + 1e-9
            else Cmyk(*(floored(v) for v in whole._replace(c=found.c, m=found.m, y=found.y)))
        )

    def _lightened(self, inks: Cmyk, limit: float, lab: tuple[int, int, int]) -> Cmyk:
        """Return the inks within the limit that look most like a colour: black takes the place of grey made of three."""
        from PIL import Image as Pillow
        from PIL import ImageCms

        tried: list[Cmyk] = []
        for step in range(_REPLACED + 1):
            c, m, y = (max(0.0, v - step / _REPLACED) for v in inks[:3])
            for black in range(_REPLACED + 1):
                k = inks.k + (1.0 - inks.k) * black / _REPLACED
                share = min(1.0, max(0.0, limit - k) / max(1e-9, c + m + y))
                tried.append(Cmyk(*(0.0 if v < _SCUM else floored(v) for v in (c * share, m * share, y * share, k))))
        tried = [one for one in dict.fromkeys(tried) if math.fsum(one) <= limit + 1e-9]
        samples = bytes(round(255 * v) for one in tried for v in one)
        shown = ImageCms.applyTransform(Pillow.frombytes("CMYK", (len(tried), 1), samples), self._seen)
        assert shown is not None
        data = shown.tobytes()

        def away(i: int) -> float:
            # Lightness in 2.55 steps a unit; the other two are signed bytes.
            light, a, b = data[3 * i : 3 * i + 3]
            return (
                ((light - lab[0]) / 2.55) ** 2 + ((a ^ 128) - (lab[1] ^ 128)) ** 2 + ((b ^ 128) - (lab[2] ^ 128)) ** 2
            )

        return tried[min(range(len(tried)), key=away)]

    def picture(self, image: Image, limit: float) -> Image:
        """Return a picture in the condition's inks, each pixel within the limit."""
        from PIL import ImageCms

        made = ImageCms.applyTransform(image.convert("RGB"), self._plates)
        assert made is not None
        return held(made, limit)


def _unfit(profile: bytes) -> str:
    """Return why a profile's head (ISO 15076-1, 7.2) says that it is none of a press; empty where it is one."""
    if len(profile) < _HEAD or profile[36:40] != b"acsp":
        return "it is no ICC profile"
    space = profile[16:20].decode("latin-1").strip()
    if space != "CMYK":
        return f"it is for {space if space.isprintable() else 'other'} colours, not for the four inks of a press (CMYK)"
    if profile[12:16] != b"prtr":
        return "it describes no printing process (its class is not `prtr`)"
    return ""


@functools.lru_cache(maxsize=4)
def condition(profile: bytes = b"") -> Condition:
    """Return a printing condition; FOGRA39 on coated paper where no profile is given."""
    return Condition(profile or asset(FOGRA39).read_bytes())


def floored(amount: float) -> float:
    """Return an amount of ink in whole percents, rounded down."""
    return math.floor(100 * amount + 1e-6) / 100


@functools.cache
def srgb_profile() -> bytes:
    """Return the sRGB profile that comes along."""
    return asset(SRGB).read_bytes()


@functools.lru_cache(maxsize=4096)
def _nonstroking(color: Color) -> str:
    """Return the operator that sets the colour of fills; greys as DeviceGray."""
    r, g, b = (_component(v) for v in color)
    return f"{r} g" if r == g == b else f"{r} {g} {b} rg"


@functools.lru_cache(maxsize=4096)
def _stroking(color: Color) -> str:
    """Return the operator that sets the colour of lines; greys as DeviceGray."""
    r, g, b = (_component(v) for v in color)
    return f"{r} G" if r == g == b else f"{r} {g} {b} RG"


def _component(value: float) -> str:
    """Return a colour component with three decimals: enough to tell 255 steps apart."""
    return ratio(round(max(0.0, min(1.0, value)), 3))
