"""PDF files: what readers find in them."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zlib

import msgspec
import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banana_layout.geometry.affine import Affine
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.rect import Rect
from banana_layout.render.pdf.document import to_pdf
from banana_layout.render.pdf.preset import PRINT, SCREEN
from banana_layout.scene.item import Glyph, GlyphRun, Group, Image, Link, Path
from banana_layout.scene.paint import Stroke
from banana_layout.source import BananaError
from tests.render.scenes import BOOK, INK, RED, SKY, busy, emoji, line, marker, page, run

SEQUENCES = ("👩‍👩‍👧‍👦", "🇰🇷", "2️⃣", "❤️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "👍🏽", "🍌", "🏳️‍🌈")


def streams(data: bytes) -> list[bytes]:
    """Return a file's streams, unpacked where they are packed."""
    out = []
    for found in re.finditer(rb"stream\n(.*?)\nendstream", data, re.DOTALL):
        try:
            out.append(zlib.decompress(found[1]))
        except zlib.error:
            out.append(found[1])
    return out


def everything(data: bytes) -> bytes:
    """Return a file with all its streams unpacked behind it."""
    return data + b"\n".join(streams(data))


def texts(data: bytes, number: int = 0) -> str:
    """Return the text pdfium copies from a page."""
    document = pypdfium2.PdfDocument(data)
    try:
        return document[number].get_textpage().get_text_range().replace("\r\n", "\n")
    finally:
        document.close()


def program(name: str, *arguments: str, data: bytes, tmp_path) -> str | None:
    """Return what a program prints about a PDF file, or None where the machine does not have it."""
    if shutil.which(name) is None:
        return None
    path = tmp_path / "page.pdf"
    path.write_bytes(data)
    done = subprocess.run(
        [name, *(str(path) if a == "FILE" else a for a in arguments)], capture_output=True, text=True, check=True
    )
    return done.stdout


def readers(data: bytes, tmp_path) -> list[str]:
    """Return the page's text as every reader here copies it."""
    found = [
        texts(data),
        program("pdftotext", "-raw", "FILE", "-", data=data, tmp_path=tmp_path),
        program("mutool", "draw", "-F", "txt", "FILE", data=data, tmp_path=tmp_path),
    ]
    return [t for t in found if t is not None]


def lines_of(text: str) -> list[str]:
    """Return a text's lines without blank ones."""
    return [t.strip() for t in text.replace("\f", "\n").splitlines() if t.strip()]


def test_the_same_scene_gives_the_same_bytes():
    """Two files of one page are identical, and a page's ID follows its content."""
    first, second = to_pdf([busy()], BOOK), to_pdf([busy()], BOOK)
    assert first == second
    other = to_pdf([busy(marker("more", 10, 10, 20, 20))], BOOK)
    ids = [re.search(rb"/ID \[<(\w+)> <\1>\]", d)[1] for d in (first, other)]
    assert ids[0] != ids[1]


def test_nothing_tells_the_time_or_the_writer_s_machine():
    """There is no date and no base-14 font in a file."""
    data = to_pdf([busy()], BOOK)
    for word in (b"Date", b"Helvetica", b"ReportLab", b"ASCII85"):
        assert word not in everything(data)


def test_korean_english_and_emoji_copy_out_line_by_line(tmp_path):
    """Every reader copies whole lines in order, with their spaces, joined emoji included."""
    lines = [
        line(f"l{i}", "한글 그리고 text ", e, " 끝 end", y=30 + 22 * i, varied=True) for i, e in enumerate(SEQUENCES)
    ]
    data = to_pdf([page(*lines, height=230)], BOOK)
    expected = [f"한글 그리고 text {e} 끝 end" for e in SEQUENCES]
    for text in readers(data, tmp_path):
        assert lines_of(text) == expected


def test_bold_slanted_lifted_and_turned_text_copies_out(tmp_path):
    """Weight, slant, single lifted glyphs and a turned group leave the text as it is."""
    lifted = run("x", "살짝 흔들린 글 wobbly", 20, 80)
    glyphs = tuple(msgspec.structs.replace(g, dy=0.2 if i % 2 else -0.2) for i, g in enumerate(lifted.glyphs))
    turned = Group(
        "t", (run("y", "조금 기운 줄", 0, 0),), transform=Affine.rotate(0.09).then(Affine.translate(20, 120))
    )
    scene = page(
        run("b", "굵은 글씨 bold", 20, 30, weight=1.0),
        run("s", "기운 글씨 slanted", 20, 55, slant=7.0),
        msgspec.structs.replace(lifted, glyphs=glyphs),
        turned,
    )
    for text in readers(to_pdf([scene], BOOK), tmp_path):
        assert lines_of(text) == ["굵은 글씨 bold", "기운 글씨 slanted", "살짝 흔들린 글 wobbly", "조금 기운 줄"]


def test_a_gap_before_a_space_is_not_copied_as_a_second_space(tmp_path):
    """Padding at the end of a chip stands between it and the next run's space; readers copy one space."""
    chip = run("a", "860", 20, 50)
    scene = page(chip, run("b", " 다음 글", 20 + chip.width + 6, 50))
    data = to_pdf([scene], BOOK)
    for text in readers(data, tmp_path):
        assert lines_of(text) == ["860 다음 글"]
    document = pypdfium2.PdfDocument(data)
    copied = document[0].get_textpage()
    assert copied.get_charbox(4)[0] > 20 + chip.width + 6  # the words themselves stand where they should
    document.close()


def test_a_cluster_of_several_glyphs_copies_out_once(tmp_path):
    """The further glyphs of a cluster are drawn, but bring no question marks into the text."""
    whole = run("a", "가나다", 20, 50)
    mark = Glyph(whole.glyphs[1].gid, 0.0, -10.0, 0.0, "")
    scene = page(msgspec.structs.replace(whole, glyphs=(*whole.glyphs[:2], mark, whole.glyphs[2])))
    data = to_pdf([scene], BOOK)
    for text in readers(data, tmp_path):
        assert lines_of(text) == ["가나다"]
    assert b" c\n" in b"".join(streams(data))


def test_a_cluster_stands_for_all_its_characters(tmp_path):
    """One glyph that stands for several characters is copied as these."""
    ligature = run("a", "가나다", 20, 50)
    first = msgspec.structs.replace(ligature.glyphs[0], text="각하")
    scene = page(msgspec.structs.replace(ligature, glyphs=(first, *ligature.glyphs[1:])))
    for text in readers(to_pdf([scene], BOOK), tmp_path):
        assert lines_of(text) == ["각하나다"]


def test_the_file_is_sound(tmp_path):
    """qpdf finds no fault, and pdfium opens every page."""
    data = to_pdf([busy(), page(run("a", "둘째 쪽", 20, 50))], BOOK)
    program("qpdf", "--check", "FILE", data=data, tmp_path=tmp_path)
    document = pypdfium2.PdfDocument(data)
    assert len(document) == 2
    assert document[0].get_size() == (300.0, 200.0)
    document.close()
    assert "둘째 쪽" in texts(data, 1)
    listed = program("pdffonts", "FILE", data=data, tmp_path=tmp_path)
    if listed is not None:
        rows = listed.splitlines()[2:]
        assert rows
        assert all(re.search(r"CID TrueType\s+Identity-H\s+yes yes yes", row) for row in rows)


def test_metadata_tell_title_author_subject_keywords_and_language():
    """What the author said about the page is in the file, whatever the characters."""
    scene = page(
        title="추론 (1) — <b>&\x07", author="지은이 \\)", subject="About", keywords=("표본", "mcmc"), lang="ko-KR"
    )
    data = to_pdf([scene], BOOK)
    document = pypdfium2.PdfDocument(data)
    told = document.get_metadata_dict()
    document.close()
    assert told["Title"] == "추론 (1) — <b>&"
    assert told["Author"] == "지은이 \\)"
    assert told["Subject"] == "About"
    assert told["Keywords"] == "표본, mcmc"
    assert b"/Lang (ko-KR)" in everything(data)
    packet = next(s for s in streams(data) if b"xpacket" in s).decode()
    assert "추론 (1) — &lt;b&gt;&amp;" in packet
    assert "Twemoji" not in packet


def test_a_page_with_emoji_credits_their_makers():
    """The licence of the emoji asks for it."""
    packet = next(s for s in streams(to_pdf([page(emoji("e", "🍌", 20, 40))], BOOK)) if b"xpacket" in s)
    assert b"Twemoji" in packet
    assert b"CC-BY 4.0" in packet


def links_of(data: bytes) -> list[str]:
    """Return a file's link annotations."""
    with pikepdf.open(io.BytesIO(data)) as file:
        return [a.unparse(resolved=True).decode() for p in file.pages for a in p.get("/Annots", ())]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "http:// a", "ftp://a", "", "#"]
)
def test_dangerous_and_broken_links_are_left_out(url):
    """Only http, https, mailto and panels can be linked to."""
    assert not links_of(to_pdf([page(Link("l", Rect(10, 10, 20, 20), url))], BOOK))


def test_links_lead_to_the_web_and_to_panels():
    """A web link carries its address in ASCII, a panel link the panel's place; one to nowhere is left out."""
    scene = page(
        Group("패널", (), role="panel", rect=Rect(40, 60, 100, 50)),
        Link("a", Rect(10, 20, 30, 40), "https://example.org/한?q=(x)", "어디로"),
        Link("b", Rect(50, 20, 30, 40), "#패널"),
        Link("c", Rect(90, 20, 30, 40), "#nowhere"),
    )
    found = links_of(to_pdf([scene], BOOK))
    assert len(found) == 2
    assert "https://example.org/%ED%95%9C?q=\\(x\\)" in found[0]
    assert "[ 10 140 40 180 ]" in found[0]
    assert "/XYZ 40 140 null" in found[1]


def test_a_turned_group_turns_its_links():
    """A link's area follows the transform around it."""
    scene = page(Group("g", (Link("a", Rect(0, 0, 10, 20), "https://a.b/"),), transform=Affine.translate(100, 50)))
    assert "[ 100 130 110 150 ]" in links_of(to_pdf([scene], BOOK))[0]


def test_multiply_opacity_and_greys_reach_the_file():
    """A highlighter multiplies at its opacity; neutral colours are greys."""
    grey = msgspec.structs.replace(INK, color=INK.color._replace(r=0.2, g=0.2, b=0.2))
    data = to_pdf([page(marker("m", 10, 10, 40, 10), Path("p", Outline.rect(Rect(0, 0, 9, 9)), fill=grey))], BOOK)
    assert re.search(rb"/BM /Multiply\s+/CA \.92.*/ca \.92", everything(data))
    content = next(s for s in streams(data) if s.startswith(b"q\n1 0 0 -1"))
    assert b"\n.2 g\n" in content
    assert b"1 .769 .71 rg" in content


def test_a_group_s_opacity_holds_for_the_whole():
    """Two overlapping shapes of a half transparent group show no darker overlap."""
    shapes = tuple(Path(f"p{i}", Outline.rect(Rect(20 + 20 * i, 20, 60, 60)), fill=RED) for i in range(2))
    document = pypdfium2.PdfDocument(to_pdf([page(Group("g", shapes, opacity=0.5))], BOOK))
    picture = document[0].render(scale=1).to_pil()
    document.close()
    assert picture.getpixel((30, 50)) == picture.getpixel((60, 50)) == picture.getpixel((90, 50))
    assert picture.getpixel((30, 50)) != picture.getpixel((150, 150))


def test_pictures_keep_their_colours_and_their_clear_parts():
    """A PNG with alpha lets the paper show; a JPEG goes in as it is."""
    from PIL import Image as Pillow

    def encoded(mode: str, color: tuple[int, ...], kind: str) -> bytes:
        out = io.BytesIO()
        Pillow.new(mode, (8, 4), color).save(out, kind)
        return out.getvalue()

    clear, jpeg = encoded("RGBA", (255, 0, 0, 0), "png"), encoded("RGB", (0, 0, 255), "jpeg")
    solid = encoded("RGB", (0, 128, 0), "png")
    data = to_pdf(
        [
            page(
                Image("a", Rect(10, 10, 40, 20), clear, "image/png"),
                Image("b", Rect(60, 10, 40, 20), jpeg, "image/jpeg"),
                Image("c", Rect(110, 10, 40, 20), solid, "image/png"),
                Image("d", Rect(110, 60, 40, 20), solid, "image/png"),
            )
        ],
        BOOK,
    )
    assert jpeg in data
    assert data.count(b"/Subtype /Image") == 4  # three pictures and a soft mask: the same file is kept once
    document = pypdfium2.PdfDocument(data)
    shown = document[0].render(scale=1).to_pil().convert("RGB")
    document.close()
    assert shown.getpixel((30, 20)) == (255, 253, 244)
    assert shown.getpixel((80, 20))[2] > 240
    assert shown.getpixel((130, 20)) == shown.getpixel((130, 70)) == (0, 128, 0)


def test_a_broken_picture_is_refused_by_name():
    """A file that is no picture is an error that names the item."""
    with pytest.raises(BananaError, match="photo/1"):
        to_pdf([page(Image("photo/1", Rect(0, 0, 9, 9), b"\x89PNG nonsense", "image/png"))], BOOK)


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(codec=None), max_size=12), st.floats(0, 60))
def test_hostile_characters_do_no_harm(text, advance):
    """Any text at all, lone surrogates and control characters too, gives a file that opens."""
    glyphs = (Glyph(0, 0.0, 0.0, advance, text), Glyph(5, advance, 0.0, 10.0, text))
    scene = page(
        GlyphRun("h", "", 16.0, 20, 30, glyphs, None),
        GlyphRun("v", "gamja", 16.0, 20, 60, glyphs, INK),
        Link("l", Rect(0, 0, 5, 5), "https://e.org/" + text, text),
        title=text,
        author=text,
    )
    document = pypdfium2.PdfDocument(to_pdf([scene], BOOK))
    assert len(document) == 1
    document[0].get_textpage().get_text_range()
    document.close()


def test_pages_with_different_variants_keep_their_own():
    """Each page's glyph variants are its own, though fonts are shared."""
    first, second = page(run("a", "가나다", 20, 50, varied=True)), page(run("a", "가나다", 20, 50, varied=True))
    second = msgspec.structs.replace(second, variants=second.variants[::-1])
    document = pypdfium2.PdfDocument(to_pdf([first, second], BOOK))
    alone = pypdfium2.PdfDocument(to_pdf([second], BOOK))
    together, single = (d[n].render(scale=2).to_pil().tobytes() for d, n in ((document, 1), (alone, 0)))
    assert together == single
    assert document[0].render(scale=2).to_pil().tobytes() != together
    document.close()
    alone.close()


def test_a_file_without_pages_is_refused():
    """There is no PDF without a page."""
    with pytest.raises(ValueError, match="at least one page"):
        to_pdf([], BOOK)


def test_a_line_without_width_is_none():
    """Width 0 draws nothing, on screens and on a press, where PDF would draw the thinnest line there is."""
    bare = Path("z", Outline.rect(Rect(40, 40, 50, 50)), stroke=Stroke(0.0, INK))
    filled = Path("f", Outline.rect(Rect(100, 40, 50, 50)), fill=SKY, stroke=Stroke(0.0, INK))
    for kind in (SCREEN, PRINT):
        with pikepdf.open(io.BytesIO(to_pdf([page(bare, filled)], BOOK, kind))) as pdf:
            # What is inside the page: crop marks stand before its paper.
            operators = [str(i.operator) for i in pikepdf.parse_content_stream(pdf.pages[0])]
        found = operators[len(operators) - operators[::-1].index("W") :] if "W" in operators else operators
        assert found.count("f") == 2  # the paper and the filled square
        assert not {"S", "B"} & set(found)
