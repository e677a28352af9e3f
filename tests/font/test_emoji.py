"""Emoji: what counts as one, and their pictures."""

from __future__ import annotations

import pathlib

import pytest

from banana_layout.font.book import FontBook
from banana_layout.font.emoji import EmojiArt, EmojiSet
from banana_layout.font.emoji_pack import packed
from banana_layout.geometry.path import Path
from banana_layout.geometry.rect import Rect

BOOK = FontBook.standard()


@pytest.mark.parametrize(
    "cluster",
    [
        "🍌",
        "⚡",
        "👍🏽",
        "👨‍👩‍👧‍👦",
        "🇰🇷",
        "1️⃣",
        "#️⃣",
        "☑️",
        "❤️",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "🧑🏻‍❤️‍🧑🏿",
    ],
)
def test_emoji_have_pictures(cluster: str) -> None:
    """Plain ones, skin tones, families, flags, keycaps, and characters that U+FE0F turns into emoji."""
    art = BOOK.emoji(cluster)
    assert art is not None
    assert len(art.layers) >= 1
    box = Rect.around(layer.path.bounds() for layer in art.layers)
    assert box.x >= -0.05
    assert box.right <= 1.05
    assert box.y >= -0.05
    assert box.bottom <= 1.05
    assert max(box.w, box.h) > 0.6


@pytest.mark.parametrize("cluster", ["1", "#", "©", "™", "↔", "✔", "☑", "❤", "가", "a", "⚡\ufe0e", "🇰", "→"])
def test_text_characters_are_not_emoji(cluster: str) -> None:
    """What Unicode shows as text by default stays text, as does what U+FE0E asks for."""
    assert not BOOK.is_emoji(cluster)
    assert BOOK.emoji(cluster) is None


def test_an_emoji_nobody_drew_is_none() -> None:
    """An impossible sequence of emoji has no picture."""
    assert BOOK.emoji("🍌\u200d🍌") is None


def signed_areas(art: EmojiArt) -> list[float]:
    """Return each silhouette subpath's signed area."""
    areas = []
    for part in art.silhouette.subpaths():
        points = list(zip(part.coords[::2], part.coords[1::2], strict=True))
        areas.append(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1], strict=True)))
    return areas


@pytest.mark.parametrize("cluster", ["🍌", "🎲", "🧠", "🔀", "📊"])
def test_a_silhouette_has_no_holes(cluster: str) -> None:
    """All its subpaths turn one way, so a nonzero fill covers all layers."""
    art = BOOK.emoji(cluster)
    assert art is not None
    areas = signed_areas(art)
    assert areas
    assert all(a >= 0 for a in areas)
    assert art.silhouette.verbs.count("M") == sum(layer.path.verbs.count("M") for layer in art.layers)


def test_the_pack_says_what_the_plain_list_says(tmp_path: pathlib.Path) -> None:
    """A tiny list packed and read back gives its path, colour and opacity."""
    file = tmp_path / "tiny.pack"
    file.write_bytes(
        packed("M504 0l504 504l-504 504z\nM0 0q504 0 504 504c0 1 2 3 4 5\n\n#ff0000 1\nnavy .5\n\n1f34c\t0,1 1,0\n")
    )
    art = EmojiSet(file).art("🍌")
    assert art is not None
    assert art.layers[0].path == Path("MLLZ", (0.5, 0.0, 1.0, 0.5, 0.5, 1.0))
    assert (art.layers[0].color.hex, art.layers[0].opacity) == ("#000080", 0.5)
    assert art.layers[1].path.verbs == "MQC"
    assert EmojiSet(file).art("🍎") is None


def test_a_path_svg_would_read_otherwise_is_refused() -> None:
    """The packer takes one segment a letter, nothing implied."""
    with pytest.raises(ValueError, match="l1 2 3 4"):
        packed("M0 0l1 2 3 4\n\n#fff 1\n\n1f34c\t0,0\n")
