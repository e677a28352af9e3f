"""What the pages of one file share: fonts, blend states, pictures and transparency groups."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from banana_layout.color import Color
from banana_layout.font.book import FontBook
from banana_layout.render.number import ratio
from banana_layout.render.pdf import images
from banana_layout.render.pdf.coverage import Amounts
from banana_layout.render.pdf.fonts import FaceFont, HiddenFont
from banana_layout.render.pdf.inks import ALL, Inks, PressInks, ScreenInks
from banana_layout.render.pdf.objects import Objects, Value
from banana_layout.render.pdf.preset import SCREEN, Preset
from banana_layout.scene.item import Image, Variant


class Resources:
    """Collects them while pages are written, and adds them to the file at the end."""

    def __init__(self, objects: Objects, book: FontBook, preset: Preset = SCREEN) -> None:
        self.hidden = HiddenFont("H")
        """The font of text that is copied but not seen."""
        self.book = book
        """The faces."""
        self.inks: Inks = ScreenInks() if preset.press is None else PressInks(preset.press)
        """What colours become."""
        self._preset = preset
        self._objects = objects
        self._fonts: dict[str, FaceFont] = {}
        self._blends: dict[tuple[str, str, bool], str] = {("1", "normal", False): "N"}
        self._known_blends: dict[tuple[float, str, bool], str] = {}
        self._pictures: dict[str, tuple[str, images.Written]] = {}
        self._forms: list[bytes] = []
        self._variants: list[Variant] = []
        self._dictionary = objects.dictionary({})
        self.reference = objects.add(self._dictionary)
        """The resource dictionary all pages name."""

    def font(self, face_id: str) -> FaceFont:
        """Return the font of a face."""
        found = self._fonts.get(face_id)
        if found is None:
            found = self._fonts[face_id] = FaceFont(f"F{len(self._fonts)}", face_id, self.book)
        return found

    def variant_numbers(self, variants: Sequence[Variant]) -> tuple[int, ...]:
        """Return, for a scene's variants 0 to n, their numbers in the file; scenes with the same variants share them."""
        out = [0]
        for variant in variants:
            if variant not in self._variants:
                self._variants.append(variant)
            out.append(self._variants.index(variant) + 1)
        return tuple(out)

    def blend(self, opacity: float, mode: str, *, overprint: bool = False) -> str:
        """Return the name of a graphics state with this opacity (held to 0 to 1), blend mode and overprinting."""
        found = self._known_blends.get((opacity, mode, overprint))
        if found is None:
            key = (ratio(max(0.0, min(1.0, opacity))), mode, overprint)
            found = self._blends.setdefault(key, f"G{len(self._blends)}")
            self._known_blends[opacity, mode, overprint] = found
        return found

    def image(self, image: Image, paper: Color) -> tuple[str, tuple[Amounts, ...]]:
        """Return the name of a picture and the most ink it takes; the same file is kept once."""
        digest = hashlib.blake2b(image.data, digest_size=16, key=image.mime.encode()).hexdigest()
        found = self._pictures.get(digest)
        if found is None:
            ground = paper if self._preset.flat else None
            made = images.write(self._objects, image, self.inks, ground)
            found = self._pictures[digest] = (f"I{len(self._pictures)}", made)
        return found[0], found[1].heaviest

    def form(self, content: bytes) -> str:
        """Keep the content of a transparency group and return its name."""
        self._forms.append(content)
        return f"X{len(self._forms) - 1}"

    def write(self) -> None:
        """Add all of it to the file."""
        objects = self._objects
        for font in self._fonts.values():
            objects.fonts.dict[font.resource] = font.write(objects, self._variants)
        if len(self.hidden.codes) > 1:
            objects.fonts.dict[self.hidden.resource] = self.hidden.write(objects)
        states = {name: self._state(*key) for key, name in self._blends.items()}
        pictures = {name: made.reference for name, made in self._pictures.values()}
        pictures |= {f"X{i}": self._form(content) for i, content in enumerate(self._forms)}
        self._dictionary["ExtGState"] = objects.dictionary(states)
        self._dictionary["Font"] = objects.fonts_reference()
        if pictures:
            self._dictionary["XObject"] = objects.dictionary(pictures)
        spots = self.inks.spots if isinstance(self.inks, PressInks) else {}
        spaces = {r: self._spot(n) for n, r in spots.items()}
        press = self._preset.press
        if press is not None and press.registration and press.spots and not press.grey:
            spaces[ALL] = self._separation("All", "1 1 1 1")
        if spaces:
            self._dictionary["ColorSpace"] = objects.dictionary(spaces)

    def _state(self, alpha: str, mode: str, overprint: bool) -> Value:
        """Return a graphics state's parameters (ISO 32000-1, 8.4.5); overprinting is switched off again by every other state.

        In overprint mode 1 an ink of which a colour has nothing leaves what lies under it (8.6.7).
        """
        objects = self._objects
        entries: dict[str, Value] = {"ca": alpha, "CA": alpha, "BM": objects.name(mode.capitalize())}
        if self._preset.flat:
            entries = {}
        if self._preset.press is not None:
            on = "true" if overprint else "false"
            entries |= {"OP": on, "op": on, "OPM": 1 if overprint else 0}
        return objects.dictionary({"Type": objects.name("ExtGState"), **entries})

    def _spot(self, name: str) -> Value:
        """Return the colour space of an ink of its own, with its stand-in in the four inks (ISO 32000-1, 8.6.6.4)."""
        assert isinstance(self.inks, PressInks)
        return self._separation(name, " ".join(ratio(v, 2) for v in self.inks.alternate(name)))

    def _separation(self, name: str, full: str) -> Value:
        """Return the colour space of one plate; `full` is what stands in for its full tone."""
        objects = self._objects
        tint = f"<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1[{full}]/N 1>>"
        return objects.add(
            objects.array((objects.name("Separation"), objects.name(name), objects.name("DeviceCMYK"), tint))
        )

    def _form(self, content: bytes) -> Value:
        """Add a transparency group to the file (ISO 32000-1, 11.6.6)."""
        objects = self._objects
        return objects.stream(
            content,
            {
                "Type": objects.name("XObject"),
                "Subtype": objects.name("Form"),
                "BBox": objects.array((-16384, -16384, 16384, 16384)),
                "Resources": self.reference,
                "Group": transparency(objects, self._preset),
            },
        )


def transparency(objects: Objects, preset: Preset) -> Value:
    """Return the dictionary of an isolated transparency group and the space it blends in (ISO 32000-1, 11.6.6)."""
    return objects.dictionary(
        {
            "Type": objects.name("Group"),
            "S": objects.name("Transparency"),
            "CS": objects.name("DeviceRGB" if preset.press is None else "DeviceCMYK"),
            "I": "true",
        }
    )
