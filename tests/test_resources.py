"""What comes along: found, licensed and named."""

from __future__ import annotations

import os
import re
from pathlib import Path, PureWindowsPath

import pytest

from banana_layout import resources

ROOT = Path(__file__).resolve().parent.parent
FAMILIES = sorted(p for p in (ROOT / "fonts").iterdir() if p.is_dir())


def notice():
    return (ROOT / "NOTICE").read_text(encoding="utf-8")


@pytest.mark.parametrize("family", FAMILIES, ids=lambda p: p.name)
def test_every_font_has_its_licence_beside_it_and_a_row_in_the_notice(family):
    """No font is given on without its terms."""
    assert [p.name for p in family.iterdir() if p.name in ("OFL.txt", "LICENSE.txt")]
    rows = re.sub(r"[^a-z0-9]", "", notice().lower())
    assert family.name.lower().removesuffix("2") in rows


@pytest.mark.parametrize("folder", ["emoji", "icc"])
def test_every_work_of_others_is_named_in_the_notice(folder):
    """Emoji and colour profiles are credited."""
    for path in (ROOT / "assets" / folder).iterdir():
        known = path.name in notice() or path.name.partition("-")[0] in notice().lower()
        assert known, path.name


def test_a_checkout_finds_what_stands_beside_the_package():
    """Fonts and assets are found without being installed."""
    assert resources.font_file("PoorStory/PoorStory-Regular.ttf").is_file()
    assert resources.asset("samples/inference.md").read_text(encoding="utf-8").startswith("---\n")


def test_an_installed_wheel_finds_what_lies_inside(tmp_path, monkeypatch):
    """A `data` folder in the package comes before what stands beside it."""
    (tmp_path / "banana_layout" / "data").mkdir(parents=True)
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "banana_layout")
    assert resources.asset("x") == tmp_path / "banana_layout" / "data" / "assets" / "x"


def test_font_files_are_fonts():
    """Every font file is TrueType, whole and of a size that a page can afford to open."""
    for path in (ROOT / "fonts").rglob("*.ttf"):
        assert path.read_bytes()[:4] == b"\x00\x01\x00\x00", path.name


@pytest.mark.parametrize(
    "name",
    [
        "../x.png",
        "/etc/passwd",
        "C:/x.png",
        "C:x.png",
        "\\\\host\\share\\x.png",
        "//host/share/x.png",
        "\\\\?\\C:\\x",
        "a\0b",
        "\ud800.png",
    ],
)
def test_what_lies_outside_is_not_looked_for(tmp_path, monkeypatch, name):
    """Ways out of the folder, drives and other machines lead nowhere; drives and machines are not even resolved."""
    if PureWindowsPath(name).drive:
        monkeypatch.setattr(os.path, "realpath", lambda *_: pytest.fail("looked for"))
    assert resources.below(tmp_path, name) is None


def test_what_lies_below_is_found(tmp_path):
    """Names with folders, dots, blanks and Hangul are found, and absolute ones below the folder."""
    for name in ("x.png", "a/b.png", "./a/../x.png", "그림 1.png", str(tmp_path / "x.png")):
        assert resources.below(tmp_path, name) == (tmp_path / name).resolve()


def test_links_in_a_circle_are_left_to_who_opens_them(tmp_path):
    """A link that leads to itself is a file that cannot be read, and no crash."""
    (tmp_path / "x.png").symlink_to("x.png")
    found = resources.below(tmp_path, "x.png")
    assert found is not None
    with pytest.raises(OSError, match=r"x\.png"):
        found.read_bytes()
