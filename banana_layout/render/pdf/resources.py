"""What the pages of one file share: fonts, blend states, pictures and transparency groups."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from banana_layout.font.book import FontBook
from banana_layout.render.number import ratio
from banana_layout.render.pdf import images
from banana_layout.render.pdf.fonts import FaceFont, HiddenFont
from banana_layout.render.pdf.objects import Objects, Value
from banana_layout.scene.item import Image, Variant
from banana_layout.scene.paint import Blend


class Resources:
    """Collects them while pages are written, and adds them to the file at the end."""

    def __init__(self, objects: Objects, book: FontBook) -> None:
        self.hidden = HiddenFont("H")
        """The font of text that is copied but not seen."""
        self.book = book
        """The faces."""
        self._objects = objects
        self._fonts: dict[str, FaceFont] = {}
        self._blends: dict[tuple[str, Blend], str] = {("1", "normal"): "N"}
        self._known_blends: dict[tuple[float, Blend], str] = {}
        self._pictures: dict[str, tuple[str, Value]] = {}
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

    def blend(self, opacity: float, mode: Blend) -> str:
        """Return the name of a graphics state with this opacity (held to 0 to 1) and blend mode."""
        found = self._known_blends.get((opacity, mode))
        if found is None:
            key = (ratio(max(0.0, min(1.0, opacity))), mode)
            found = self._blends.setdefault(key, f"G{len(self._blends)}")
            self._known_blends[opacity, mode] = found
        return found

    def image(self, image: Image) -> str:
        """Return the name of a picture; the same file is kept once."""
        digest = hashlib.blake2b(image.data, digest_size=16, key=image.mime.encode()).hexdigest()
        found = self._pictures.get(digest)
        if found is None:
            found = self._pictures[digest] = (f"I{len(self._pictures)}", images.write(self._objects, image))
        return found[0]

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
        states = {
            name: objects.dictionary({"ca": alpha, "CA": alpha, "BM": objects.name(mode.capitalize())})
            for (alpha, mode), name in self._blends.items()
        }
        pictures = dict(self._pictures.values())
        pictures |= {f"X{i}": self._form(content) for i, content in enumerate(self._forms)}
        self._dictionary["ExtGState"] = objects.dictionary(states)
        self._dictionary["Font"] = objects.fonts_reference()
        if pictures:
            self._dictionary["XObject"] = objects.dictionary(pictures)

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
                "Group": transparency(objects),
            },
        )


def transparency(objects: Objects) -> Value:
    """Return the dictionary of an isolated transparency group that blends in RGB."""
    return objects.dictionary(
        {
            "Type": objects.name("Group"),
            "S": objects.name("Transparency"),
            "CS": objects.name("DeviceRGB"),
            "I": "true",
        }
    )
