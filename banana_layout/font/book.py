"""Which faces there are, and which of them shows a grapheme."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from banana_layout.font.emoji import EmojiArt, EmojiSet, is_emoji
from banana_layout.font.face import Face, FaceFacts
from banana_layout.resources import asset, font_file

STANDARD = (
    FaceFacts("gamja", "GamjaFlower/GamjaFlower-Regular.ttf", 1.017, 0.0, -0.026, -0.064, 1.14),
    FaceFacts("poor-story", "PoorStory/PoorStory-Regular.ttf", 0.950, 0.0, 0.02, -0.065, bars=True),
    FaceFacts("nanum-pen", "NanumPen/NanumPen.ttf", 1.136, -0.115, 0.0),
    FaceFacts("bagel", "BagelFatOne/BagelFatOne-Regular.ttf", 0.937, -0.02, 0.0),
    FaceFacts("patrick-hand", "PatrickHand/PatrickHand-Regular.ttf", 0.83, -0.01, 0.0),
    FaceFacts("yomogi", "Yomogi/Yomogi-Regular.ttf", 0.92, -0.035, -0.02, weight=0.02),
    FaceFacts("comic-mono", "ComicMono/ComicMono.ttf", 0.84, -0.01, 0.0),
    FaceFacts("comic-mono-bold", "ComicMono/ComicMono-Bold.ttf", 0.84, -0.01, 0.0),
    FaceFacts("noto-math", "NotoSansMath/NotoSansMath-Regular.ttf", 0.80, -0.01, 0.0),
    FaceFacts("noto-symbols", "NotoSansSymbols2/NotoSansSymbols2-Regular.ttf", 0.90, 0.0, 0.0),
    FaceFacts("noto-emoji", "NotoEmoji/NotoEmoji-Regular.ttf", 0.95, -0.025, 0.0),
)
"""The faces that come with the package. Scales of the Hangul faces make their mean box 0.8 em high; of the others: x-height
and cap-height brought near Gamja Flower's (0.36 and 0.56 em); symbols centred on the Hangul box."""

FALLBACKS = (
    "gamja",
    "poor-story",
    "patrick-hand:latin",
    "nanum-pen",
    "patrick-hand",
    "yomogi",
    "noto-symbols",
    "noto-math",
    "noto-emoji",
)
"""Asked after a role's own faces: hands first, type faces last."""


SIGNS = frozenset("°′″€×÷±≠²³¹§½¼¾")
"""Signs that Korean fonts give a whole em: "70 °C" would fall apart."""


OWN_MAX = 64
"""So many fonts of authors are remembered."""
FRACTIONS = dict.fromkeys("½¼¾", "yomogi")
"""Fractions, and the hand that sets their figures close and as high as others."""


class FontBook:
    """The faces a document may use; remembers every choice it made."""

    def __init__(self, faces: Mapping[str, Face], emoji: EmojiSet) -> None:
        self._faces = dict(faces)
        self._emoji = emoji
        self._own: dict[str, Face] = {}
        self._chains: dict[tuple[tuple[str, ...], bool], tuple[Face, ...]] = {}
        self._picks: dict[tuple[tuple[Face, ...], str], Face | None] = {}

    @classmethod
    @functools.cache
    def standard(cls) -> FontBook:
        """Return the book of the faces that come with the package; one a process."""
        faces = {f.id: Face(f, font_file(f.file)) for f in STANDARD}
        return cls(faces, EmojiSet(asset("emoji/twemoji-17.pack")))

    def extended(self, *faces: Face) -> FontBook:
        """Return a book that has more faces."""
        return FontBook({**self._faces, **{face.id: face for face in faces}}, self._emoji)

    def adopt(self, face: Face) -> None:
        """Remember the face of an author's font; its id comes from its bytes, so that nobody else's can be meant.

        Those adopted last are kept, because a process that draws for many authors must not keep every font it ever saw.
        """
        self._own[face.id] = self._own.pop(face.id, face)
        while len(self._own) > OWN_MAX:
            del self._own[next(iter(self._own))]
            self._chains.clear()  # they and the choices made from them hold faces, too
            self._picks.clear()

    @property
    def ids(self) -> tuple[str, ...]:
        """Every face's id."""
        return tuple(self._faces)

    def has(self, id: str) -> bool:
        """Tell whether the book has a face of that id, or remembers an author's."""
        return id in self._faces or id in self._own

    def face(self, id: str) -> Face:
        """Return the face of that id; a KeyError for one the book has not."""
        return self._faces[id] if id in self._faces else self._own[id]

    def chain(self, role_faces: tuple[str, ...], lang: str = "") -> tuple[Face, ...]:
        """Return a role's faces and the fallbacks after them.

        `gamja:hangul` asks a face for one script only (`hangul`, `latin`, `japanese`), so that a heading takes Hangul
        from one hand and letters from another. Japanese text takes kana and kanji from the Japanese hand.
        """
        japanese = lang.split("-", maxsplit=1)[0] == "ja"
        key = (role_faces, japanese)
        known = self._chains.get(key)
        if known is None:
            ids = [*(("yomogi:japanese",) if japanese else ()), *role_faces, *FALLBACKS]
            known = self._chains[key] = tuple(self._asked(i) for i in dict.fromkeys(ids))
        return known

    def _asked(self, name: str) -> Face:
        face, _, script = name.partition(":")
        return self.face(face).restricted(script) if script else self.face(face)

    def pick(self, cluster: str, chain: tuple[Face, ...]) -> Face | None:
        """Return the chain's first face that shows a grapheme (NFC), or None.

        Signs that belong to figures come from the first face that sets them close, if any does.
        """
        key = (chain, cluster)
        if key not in self._picks:
            if len(self._picks) > 50_000:
                self._picks.clear()
            able = [f for f in chain if f.has(cluster)]
            if cluster in FRACTIONS:
                able.sort(key=lambda f: f.id != FRACTIONS[cluster])
            close = (f for f in able if not f.is_loose(cluster))
            self._picks[key] = next(close, able[0] if able else None) if cluster in SIGNS else next(iter(able), None)
        return self._picks[key]

    def emoji(self, cluster: str) -> EmojiArt | None:
        """Return the picture of a grapheme shown as emoji; None where it is no emoji or none is drawn for it."""
        return self._emoji.art(cluster) if is_emoji(cluster) else None

    def is_emoji(self, cluster: str) -> bool:
        """Tell whether a grapheme is shown as emoji, by its own nature or because U+FE0F asks for it."""
        return is_emoji(cluster)
