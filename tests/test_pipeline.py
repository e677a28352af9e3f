"""The whole way from Markdown to bytes, over the sample sheets."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

import banana_layout
from banana_layout import constraints
from banana_layout.geometry.point import MM
from banana_layout.layout.result import Layout
from banana_layout.pipeline import diagram_to_svg, layout, read, render, scenes, to_pdf, to_png, to_svg
from banana_layout.resources import asset
from banana_layout.scene.item import GlyphRun, Group, Item
from banana_layout.source import BananaError

SAMPLES = ("inference", "inference-overview")
RATIOS = {"inference": (28, 70, 126, 56), "inference-overview": (22.4, 117.6, 78.4, 61.6)}


PANELS = layout(read("# T\n\n## First\n\nx\n\n## Second\n\ny"))


@pytest.fixture(scope="module", params=SAMPLES)
def sample(request: pytest.FixtureRequest) -> tuple[str, Layout]:
    """One of the sample sheets, laid out."""
    return request.param, layout(read(asset(f"samples/{request.param}.md")))


def test_sample_is_one_page_with_exact_zones_and_no_violation(sample: tuple[str, Layout]) -> None:
    """Each sample is one page, its zones are the stated ratios of 280 mm, and every constraint holds without warning."""
    name, laid = sample
    assert len(laid.pages) == 1
    assert [pytest.approx(h, abs=1e-9) for h in RATIOS[name]] == [z.rect.h / MM for z in laid.pages[0].zones]
    assert constraints.check(laid) == ()
    assert laid.warnings == ()


def test_sample_s_body_is_at_least_12_points() -> None:
    """The body of inference.md is 12 pt or more in every panel."""
    page = layout(read(asset("samples/inference.md"))).pages[0]
    assert min(p.body_size for p in page.panels) >= 12


def words(text: str) -> list[str]:
    """Return a sheet's words as a reader sees them: markup and Mermaid's syntax taken away."""
    body = text.split("---\n", 2)[2]
    body = re.sub(r"```mermaid\n(flowchart LR|mindmap)\n|```|^\s*\|?[-:| ]+\|$", "", body, flags=re.MULTILINE)
    body = re.sub(
        r"<br/?>|\[x\]|-\.->|==>|-->|\b[A-Z](?=[\[({])|^\s*[A-Z] |\broot\b| [A-Z]$", " ", body, flags=re.MULTILINE
    )
    return re.findall(r"[\w%]+", re.sub(r"(?<=\s)[A-Z](?=\s*$)", "", body, flags=re.MULTILINE))


def test_every_word_can_be_copied_from_the_pdf(sample: tuple[str, Layout]) -> None:
    """Every word of the sheet, diagrams and emoji included, comes out of the PDF as it was written."""
    name, laid = sample
    document = pypdfium2.PdfDocument(to_pdf(laid))
    copied = "".join(document[0].get_textpage().get_text_range().split())
    source = asset(f"samples/{name}.md").read_text(encoding="utf-8")
    assert [w for w in words(source) if w not in copied] == []
    assert all(e in copied for e in re.findall("[🍌🎲🔀⚡📊📌💡📥🧠📝]", source))


def test_every_word_stands_in_the_svg(sample: tuple[str, Layout]) -> None:
    """Every word of the sheet stands in the SVG as selectable text."""
    name, laid = sample
    shown = "".join(re.sub(r"<[^>]+>", "", to_svg(laid)).replace("&amp;", "&").split())
    source = asset(f"samples/{name}.md").read_text(encoding="utf-8")
    assert [w for w in words(source) if w not in shown] == []


def test_pdf_holds_no_raster_image(sample: tuple[str, Layout]) -> None:
    """The PDF is vectors only: neither image objects nor inline images."""
    pdf = to_pdf(sample[1])
    page = pypdfium2.PdfDocument(pdf)[0]
    assert b"/Subtype /Image" not in pdf
    kinds = {o.type for o in page.get_objects()}
    assert pypdfium2.raw.FPDF_PAGEOBJ_IMAGE not in kinds


def test_files_stay_small() -> None:
    """inference.md is at most 500 kB of SVG and 200 kB of PDF."""
    laid = layout(read(asset("samples/inference.md")))
    assert len(to_svg(laid).encode()) <= 500_000
    assert len(to_pdf(laid)) <= 200_000


HASHES = """
import hashlib, sys
from pathlib import Path
from banana_layout.pipeline import layout, read, to_pdf, to_png, to_svg
laid = layout(read(Path(sys.argv[1])))
for data in (to_svg(laid).encode(), to_pdf(laid), to_png(laid, dpi=40)):
    print(hashlib.sha256(data).hexdigest())
"""


def test_same_input_gives_same_bytes_whatever_the_hash_seed_and_locale() -> None:
    """Two processes with other hash seeds, time zones and locales write the same bytes."""
    path = str(asset("samples/inference.md"))
    found = set()
    for seed, zone in (("0", "UTC"), ("4711", "Asia/Seoul")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"}
        run = subprocess.run([sys.executable, "-c", HASHES, path], env=env, capture_output=True, text=True, check=True)
        found.add(run.stdout)
    assert len(found) == 1


def test_seed_changes_ink_but_no_geometry() -> None:
    """Another seed gives another hand on the same layout."""
    text = asset("samples/inference.md").read_text(encoding="utf-8")
    one, two = layout(read(text)), layout(read(text.replace("page: A4", "page: A4\nseed: 7")))
    assert one.to_dict() == two.to_dict()
    assert to_svg(one) != to_svg(two)


def ink(items: tuple[Item, ...], panel: str) -> list[Item]:
    """Return a panel's drawn items."""
    return [i for i in items if isinstance(i, Group) and i.key == panel]


def test_editing_one_panel_redraws_no_other() -> None:
    """While sizes stay, a changed panel leaves every other panel's ink as it was."""
    text = asset("samples/inference.md").read_text(encoding="utf-8")
    other = text.replace("동전", "주사위").replace("한 번 |", "두 번 |").replace("| 한 번", "| 두 번")
    assert other != text
    one, two = scenes(read(text))[0], scenes(read(other))[0]
    for panel in ("what-is-inference", "biased-coin-flip", "token-generation-process", "key-takeaways"):
        assert ink(one.items, panel) == ink(two.items, panel)
    assert ink(one.items, "training-vs-inference") != ink(two.items, "training-vs-inference")


def test_plain_skips_the_sketch() -> None:
    """`plain` draws the exact scene: straight lines and the fonts' own glyphs."""
    laid = layout(read(asset("samples/inference.md")))
    (scene,) = scenes(laid, plain=True)
    assert scene == laid.pages[0].scene
    assert scene.variants == ()
    assert all(g.variant == 0 for run in runs(scene.items) for g in run.glyphs)


def runs(items: tuple[Item, ...]) -> list[GlyphRun]:
    """Return all glyph runs."""
    out: list[GlyphRun] = []
    for item in items:
        if isinstance(item, GlyphRun):
            out.append(item)
        elif isinstance(item, Group):
            out += runs(item.children)
    return out


def test_render_writes_all_or_nothing(tmp_path: Path) -> None:
    """`render` writes every format, and nothing at all where one of them cannot be written."""
    document = read("# T\n\n## P\n\n- x\n")
    paths = [tmp_path / name for name in ("a.pdf", "a.svg", "a.png")]
    assert list(render(document, *paths, dpi=30)) == paths
    assert [p.read_bytes()[:5] for p in paths] == [b"%PDF-", b"<svg ", b"\x89PNG\r"]
    with pytest.raises(BananaError):
        render(document, tmp_path / "b.pdf", tmp_path / "missing" / "b.svg")
    assert not (tmp_path / "b.pdf").exists()
    with pytest.raises(BananaError, match="suffix"):
        render(document, tmp_path / "b.docx")


def test_svg_and_pdf_agree_on_the_page(sample: tuple[str, Layout]) -> None:
    """PNG made from the PDF has the page's size at any resolution, and SVG states it in millimetres."""
    _, laid = sample
    png = to_png(laid, dpi=25.4)
    assert (int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")) == (210, 297)
    assert 'width="210mm"' in to_svg(laid)[:600]


def test_svg_holds_nothing_that_acts(sample: tuple[str, Layout]) -> None:
    """The SVG has no script, event handler, foreignObject or reference to anything outside."""
    svg = to_svg(sample[1])
    assert not re.search(r"<script|foreignObject|\son\w+=|href=\"(?!#|https?:|mailto:|data:image)", svg)


def test_diagram_alone_has_its_natural_or_the_asked_size() -> None:
    """A diagram becomes an SVG of its own size, or of the size asked for."""
    chart = "flowchart LR\n  a[하나] --> b{둘?} -->|예| c([셋])"
    natural = diagram_to_svg(chart)
    asked = diagram_to_svg(chart, width=400, height=200)
    assert "하나" in natural
    assert re.search(r'viewBox="0 0 400 200"', asked)


def test_public_names_are_complete_and_load() -> None:
    """`__all__` is sorted and every name in it can be had."""
    assert sorted(banana_layout.__all__) == banana_layout.__all__
    assert all(getattr(banana_layout, name) is not None for name in banana_layout.__all__)


def test_a_sheet_is_taken_wherever_a_document_is() -> None:
    """Sheets written in Python need no `document()` before they are laid out, drawn or turned into data."""
    sheet = banana_layout.Sheet("T", banana_layout.Panel("A", "- one"), page="A6")
    document = sheet.document()
    assert to_svg(sheet) == to_svg(document)
    assert to_pdf(sheet) == to_pdf(document)
    assert layout(sheet) == layout(document)
    assert banana_layout.to_dict(sheet) == sheet.to_dict() == banana_layout.to_dict(document)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: layout("# T"), "read the text first"),
        (lambda: to_svg(Path("sheet.md")), "read the file first"),
        (lambda: to_pdf({"title": "T"}), "bl.from_dict(data)"),
        (lambda: layout(None), "a Document, a Sheet or a Layout is laid out, not None"),
        (lambda: read("sheet.md"), 'write Path("sheet.md")'),
        (lambda: read(None), "a sheet is given as text, not NoneType"),
        (lambda: read(b"# T"), "data.decode()"),
        (lambda: render(read("# T")), "no file is named"),
        (lambda: render("x.pdf", read("# T")), "a file is named by a text or a Path, not Document"),
        (lambda: render(read("# T"), ["x.pdf"]), "one by one"),
        (lambda: render(read("# T"), ""), "a file is named by a text or a Path"),
        (lambda: to_png(read("# T"), dpi="150"), "a resolution is a number"),
        (lambda: constraints.check(read("# T")), "constraints.check(bl.layout(document))"),
        (lambda: constraints.check(layout(read("# T")), "min_size"), "a constraint is asked for, not 'min_size'"),
        (lambda: constraints.check(layout(read("# T")), constraints.STANDARD), "*constraints.STANDARD"),
        (lambda: constraints.check(PANELS, constraints.widest("frist")), "widest: there is no panel “frist”"),
        (lambda: constraints.check(PANELS, constraints.aligned("first", "secnd")), "did you mean “second”?"),
        (
            lambda: constraints.check(PANELS, constraints.any_of("x", constraints.tallest("zzz"))),
            "panels are title, first, second",
        ),
        (lambda: diagram_to_svg("flow.mmd"), 'write Path("flow.mmd").read_text()'),
        (lambda: diagram_to_svg(Path("flow.mmd")), "write path.read_text()"),
        (lambda: diagram_to_svg("flowchart LR\n  A", width="9"), "a width is a number of points"),
    ],
)
def test_what_is_given_in_the_wrong_form_is_told(call, said) -> None:
    """Texts for documents, names for texts and the like are a BananaError that says what to write instead."""
    with pytest.raises(BananaError) as caught:
        call()
    assert said in str(caught.value)


def test_files_that_are_no_sheets_are_told_for_what_they_are(tmp_path: Path) -> None:
    """A folder, a PDF and a text in another encoding each get the hint that helps."""
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\n%\xe2\xe3")
    (tmp_path / "b.md").write_bytes("# 제목".encode("euc-kr"))
    for name, hint in (("", "draws folders"), ("a.pdf", "sheets are text"), ("b.md", "save the file as UTF-8")):
        with pytest.raises(BananaError) as caught:
            read(tmp_path / name)
        assert hint in str(caught.value)


def test_texts_that_end_like_a_file_are_texts_where_they_are_more_than_a_name() -> None:
    """Only a bare file name is refused: Markdown that ends in one is read."""
    assert read("# About sheet.md").sheets[0].title is not None


def test_a_layout_says_what_it_is_in_a_line() -> None:
    """A layout at a prompt prints no page of numbers."""
    assert repr(layout(read("# T\n\n## A\n\nx"))) == "<Layout of 1 page, 2 panels, 0 warnings, 'nano-banana'>"
