"""Fonts that authors bring: which are taken, how they are sized, and what is refused with which reason."""

from __future__ import annotations

import io
import pickle
import random
import struct
import subprocess
import sys

import pypdfium2
import pytest
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.DefaultTable import DefaultTable

import banana_layout
from banana_layout import pipeline
from banana_layout.batch import draw_all
from banana_layout.font.book import OWN_MAX, FontBook
from banana_layout.font.face import Face, FaceFacts
from banana_layout.font.own import MAX_BYTES, own_face
from banana_layout.resources import font_file
from banana_layout.source import BananaError
from banana_layout.syntax.writer import write

HANGUL, LATIN = font_file("NanumPen/NanumPen.ttf"), font_file("PatrickHand/PatrickHand-Regular.ttf")
SHEET = "---\nfonts: {body: fonts/My.ttf}\nlang: ko\nlayout: [1: a]\n---\n## A\n\nHello 안녕\n"


def small(changed=None) -> bytes:
    """Return a small font with A to Z, changed by a function."""
    font = TTFont(LATIN)
    subsetter = Subsetter(Options(notdef_outline=True))
    subsetter.populate(text="ABCHIxyz1")
    subsetter.subset(font)
    if changed is not None:
        changed(font)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def with_type(value: int) -> bytes:
    """Return a font whose licence bits are `value`."""

    def change(font) -> None:
        font["OS/2"].fsType = value

    return small(change)


def without(table: str) -> bytes:
    """Return a font whose directory names a table otherwise."""
    return small().replace(table.encode(), b"none", 1)


def with_axes(font) -> None:
    """Make a font variable, as far as its tables say."""
    font["fvar"] = DefaultTable("fvar")
    font["fvar"].data = bytes(16)


@pytest.fixture
def folder(tmp_path):
    """Return a folder with a sheet and a font."""
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts/My.ttf").write_bytes(HANGUL.read_bytes())
    (tmp_path / "s.md").write_text(SHEET, encoding="utf-8")
    return tmp_path


def faces(layout) -> set[str]:
    """Return the faces a page's glyphs are set in."""
    text = pipeline.to_svg(layout, plain=True)
    assert text
    found = set()
    stack = list(layout.pages[0].scene.items)
    while stack:
        item = stack.pop()
        stack.extend(getattr(item, "children", ()))
        if getattr(item, "face", ""):
            found.add(item.face)
    return found


def test_text_is_set_in_the_author_s_font_and_embedded(folder):
    """The font's name is its content's; every output has it, and the PDF's text reads."""
    document = banana_layout.read(folder / "s.md")
    layout = pipeline.layout(document)
    face = own_face(folder / "fonts/My.ttf")
    assert face.id in faces(layout)
    data = pipeline.to_pdf(layout)
    assert b"+My" in data or "안녕" in pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range()
    assert "Hello 안녕" in pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range()
    assert pipeline.to_pdf(pipeline.layout(banana_layout.read(folder / "s.md"))) == data
    assert pipeline.to_png(layout, dpi=40)


def test_hangul_and_capitals_are_brought_to_the_size_of_the_other_hands(tmp_path):
    """The mean Hangul box is 0.8 em and ends 0.1 em under the baseline; without Hangul capitals are 0.56 em high."""
    face = own_face(HANGUL)
    boxes = [face.outline(face.gid(c)).bounds() for c in "가나다라마바사자차카타파하한글을"]
    assert face.scale * sum(b.h for b in boxes) / len(boxes) == pytest.approx(0.80, abs=0.001)
    assert face.scale * sum(b.bottom for b in boxes) / len(boxes) - face.rise == pytest.approx(0.10, abs=0.001)
    latin = own_face(LATIN)
    assert latin.scale * latin.outline(latin.gid("H")).bounds().h == pytest.approx(0.56, abs=0.001)


def test_signs_the_font_has_not_come_from_the_theme_with_a_warning(folder):
    """A font without Hangul leaves Korean to the theme's hand and says so at its place."""
    (folder / "fonts/My.ttf").write_bytes(LATIN.read_bytes())
    document = banana_layout.read(folder / "s.md")
    layout = pipeline.layout(document)
    assert {"gamja", own_face(LATIN).id} <= faces(layout)
    (warning,) = layout.warnings
    assert warning.message == "the font My.ttf has no Hangul: Korean is written in the theme's own hand"
    assert SHEET[warning.span.start : warning.span.end] == "fonts/My.ttf"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is no font in the OpenType or TrueType format"),
        (b"<html>", "is no font in the OpenType or TrueType format"),
        (b"wOF2" + bytes(60), "is packed for the web; convert it to .ttf or .otf"),
        (b"ttcf" + bytes(60), "holds several fonts; save the one you mean as a file of its own"),
        (b"\0\1\0\0" + bytes(60), "is no font in the OpenType or TrueType format"),
        (without("glyf"), "has no outlines"),
        (small(with_axes), "is variable; save one of its instances as a file of its own"),
        (with_type(2), "may not be embedded: its maker restricts it (fsType 2)"),
        (
            with_type(0x104),
            "may not be reduced to the glyphs a page shows, as its maker says (fsType 0x100), and PDF files do that",
        ),
        (with_type(0x200), "may be embedded as bitmaps only, as its maker says (fsType 0x200)"),
        (bytes(MAX_BYTES + 1), f"has more than {MAX_BYTES:,} bytes, which is the limit"),
    ],
    ids=[
        "empty",
        "html",
        "woff2",
        "collection",
        "zeros",
        "no outlines",
        "variable",
        "restricted",
        "whole only",
        "bitmaps only",
        "too large",
    ],
)
def test_what_is_no_font_or_may_not_be_embedded_is_refused_with_the_reason(folder, data, reason):
    """One error, at the path's place."""
    (folder / "fonts/My.ttf").write_bytes(data)
    with pytest.raises(BananaError) as error:
        pipeline.layout(banana_layout.read(folder / "s.md"))
    (found,) = error.value.diagnostics
    assert found.message == f"the font My.ttf {reason}"
    assert found.location()[1].line == 2


@pytest.mark.parametrize("bits", [0, 4, 8, 12])
def test_fonts_that_may_be_embedded_are_taken(tmp_path, bits):
    """Installable, for preview and print, or editable: all may stand in a PDF."""
    (tmp_path / "a.ttf").write_bytes(with_type(bits))
    assert own_face(tmp_path / "a.ttf").character_count > 5


@pytest.mark.parametrize("name", ["../My.ttf", "/etc/hostname", "C:\\\\f.ttf", "https://x.y/f.ttf"])
def test_fonts_stand_below_the_document_s_folder(folder, name):
    """No other file is read, and none from a network."""
    (folder.parent / "My.ttf").write_bytes(small())
    text = SHEET.replace("fonts/My.ttf", f'"{name}"')
    (folder / "s.md").write_text(text, encoding="utf-8")
    with pytest.raises(BananaError) as error:
        pipeline.layout(banana_layout.read(folder / "s.md"))
    assert "lies outside the document's folder" in error.value.diagnostics[0].message


def test_missing_fonts_folders_and_texts_without_a_folder_are_told(folder):
    """Each has its reason."""
    found = []
    for path in ("fonts/No.ttf", "fonts"):
        (folder / "s.md").write_text(SHEET.replace("fonts/My.ttf", path), encoding="utf-8")
        with pytest.raises(BananaError) as error:
            pipeline.layout(banana_layout.read(folder / "s.md"))
        found.append(error.value.diagnostics[0].message)
    with pytest.raises(BananaError) as error:
        pipeline.layout(banana_layout.read(SHEET))
    found.append(error.value.diagnostics[0].message)
    assert found == [
        "there is no font No.ttf",
        "the font fonts is no file",
        "the font fonts/My.ttf cannot be read: a text without a file has no folder",
    ]


def test_roles_are_checked_where_they_stand():
    """A role no text has is an error with what was meant."""
    with pytest.raises(BananaError) as error:
        banana_layout.read("---\nfonts: {headings: a.ttf}\n---\n## A\n")
    assert error.value.diagnostics[0].message == "no text has the role “headings”"
    assert error.value.diagnostics[0].hints == ("did you mean “heading”?",)


def test_fonts_survive_json_and_markdown():
    """The setting is part of the model."""
    document = banana_layout.read(SHEET)
    assert document.settings.fonts == (("body", "fonts/My.ttf"),)
    assert banana_layout.from_dict(banana_layout.to_dict(document)).settings.fonts == document.settings.fonts
    assert banana_layout.read(write(document)).settings.fonts == document.settings.fonts


@pytest.mark.parametrize("seed", range(40))
def test_damaged_fonts_are_drawn_or_refused(folder, seed):
    """Bytes changed anywhere give a page or a BananaError, never another error."""
    chance = random.Random(seed)
    data = bytearray(small())
    for _ in range(chance.choice((1, 4, 40))):
        at = chance.randrange(len(data))
        data[at : at + 4] = struct.pack(">I", chance.getrandbits(32))
    cut = len(data) if seed % 3 else chance.randrange(len(data))
    (folder / "fonts/My.ttf").write_bytes(bytes(data[:cut]))
    try:
        drawn = pipeline.to_pdf(pipeline.layout(banana_layout.read(folder / "s.md")))
    except BananaError as error:
        drawn = str(error).encode()
    assert drawn


def test_a_batch_binds_sheets_with_fonts_of_their_own(folder):
    """The book is put together by a process that laid none of them out."""
    book = folder / "book.pdf"
    report = draw_all([str(folder / "s.md")], folder / "out", executor=2, book=str(book))
    assert report.book is not None
    assert "안녕" in pypdfium2.PdfDocument(book.read_bytes())[0].get_textpage().get_text_range()


def test_a_layout_keeps_its_fonts_however_many_others_are_drawn_since(folder):
    """A layout drawn late, or in another process, gives the page it gave at once; a font that has changed is said so."""
    layout = pipeline.layout(banana_layout.read(folder / "s.md"))
    svg = pipeline.to_svg(layout)
    (folder / "layout.pickle").write_bytes(pickle.dumps(layout))
    book = FontBook.standard()
    face = own_face(folder / "fonts/My.ttf")
    for i in range(OWN_MAX):
        book.adopt(Face(FaceFacts(f"own-other-{i}", "x.ttf", 1.0), face.path))
    assert not book.has(face.id)
    assert pipeline.to_svg(layout) == svg
    program = "import pickle, sys; from banana_layout import pipeline; sys.stdout.buffer.write(pipeline.to_svg(pickle.load(open(sys.argv[1], 'rb'))).encode())"
    drawn = subprocess.run([sys.executable, "-c", program, folder / "layout.pickle"], capture_output=True, check=True)
    assert drawn.stdout.decode() == svg
    (folder / "fonts/My.ttf").write_bytes(LATIN.read_bytes())
    for i in range(OWN_MAX):
        book.adopt(Face(FaceFacts(f"own-more-{i}", "x.ttf", 1.0), face.path))
    with pytest.raises(BananaError, match=r"a font has changed since the page was laid out: My.ttf"):
        pipeline.to_pdf(layout)
