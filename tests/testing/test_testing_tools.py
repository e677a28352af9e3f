"""The strategies draw all there is, shrink well and print what can be rendered; the helpers say what is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, find, given, seed, settings
from hypothesis import strategies as st

from banana_layout import constraints
from banana_layout.model.document import Document
from banana_layout.pipeline import layout, read, read_diagram
from banana_layout.testing import (
    GoldenPages,
    assert_layout,
    blocks,
    documents,
    flowcharts,
    mindmaps,
    page_sizes,
    panels,
    sheets,
    texts,
    themes,
    zones,
)
from banana_layout.testing.blocks import ALL
from banana_layout.testing.zones import written

ROOT = Path(__file__).resolve().parent.parent.parent
QUICK = settings(max_examples=1000, database=None, deadline=None, suppress_health_check=list(HealthCheck))
SHEET = "---\nlayout:\n  - 50: [{a: 2}, b]\n  - 50: c\n---\n\n## A\n\none\n\n## B\n\ntwo\n\n## C\n\nthree\n"


@pytest.mark.parametrize("kind", ALL)
def test_every_kind_of_block_can_be_drawn_and_laid_out(kind: str) -> None:
    """Each kind of block alone gives a panel that reads without a warning about its Markdown."""

    @settings(max_examples=5)
    @given(blocks((kind,)))  # type: ignore[arg-type]
    def drawn(text: str) -> None:
        document = read(f"# T\n\n## P\n\n{text}\n")
        assert document.sheets[0].panels[0].blocks
        assert layout(document).pages

    drawn()


@given(sheets())
def test_sheets_are_read_without_errors(text: str) -> None:
    """Every drawn sheet is right Markdown with as many panels as its layout names."""
    document = read(text)
    assert bool(document.sheets[0].zones) == ("\nlayout:" in text)
    assert [p.id for p in document.sheets[0].panels] == [f"p{i}" for i in range(len(document.sheets[0].panels))]


@given(st.one_of(flowcharts(), mindmaps()))
def test_diagrams_are_read(text: str) -> None:
    """Every drawn diagram is Mermaid the engine reads."""
    assert read_diagram(text)


@given(zones(depth=2, bounded=True))
def test_zones_are_written_as_they_are_read(rows: object) -> None:
    """Zones written into front matter are read as the same tracks and cells."""
    names = written(rows).count("p")  # type: ignore[arg-type]
    text = f"---\nlayout: {written(rows)}\n---\n\n" + "".join(f"## P{i} {{#p{i}}}\n\nx\n\n" for i in range(names))  # type: ignore[arg-type]
    known = {p for p in (f"p{i}" for i in range(names)) if f"{{{p}:" in text}
    text = f"---\nlayout: {written(rows)}\n---\n\n" + "".join(f"## {p} {{#{p}}}\n\nx\n\n" for p in sorted(known))  # type: ignore[arg-type]
    found = read(text).sheets[0].zones
    assert found is not None
    assert [z.track.weight for z in found] == pytest.approx([z.track.weight for z in rows])  # type: ignore[attr-defined]


def test_examples_shrink_to_little() -> None:
    """The least of a kind is all that is left of a failing example: one small table, one row, three plain words."""
    table = find(blocks(), lambda b: b.startswith("|"), settings=QUICK)
    assert table == "| 가 | 나 |\n| --- | --- |\n| 확률 | 확률 |"
    assert written(find(zones(), lambda z: len(z) > 1, settings=QUICK)) == "[{10: [{p0: 1}]}, {10: [{p1: 1}]}]"
    assert find(texts(), lambda t: len(t.split()) >= 3, settings=QUICK) == "확률 확률 확률"
    assert find(flowcharts(), lambda t: "==>" in t, settings=QUICK).count("\n") == 2


SEEN = {
    "a flowchart": "\nflowchart ",
    "a subgraph": "  subgraph s",
    "a subgraph in another": "    subgraph t",
    "an edge with words": "|yes|",
    "a shape by name": "@{ shape: ",
    "a style": "  style n",
    "a mind map": "\nmindmap\n",
    "a table": "\n| ",
    "a callout": "\n> [!",
    "code": "\n```console",
    "boxes": "\n```boxes",
    "a picture": "![",
    "a footnote": "[^",
    "Japanese": "日本語",
    "emoji": "👩‍🚀",
    "a theme": "\ntheme: ",
    "a language": "\nlang: ja",
    "rows in a cell": "rows: [",
    "an auto row": "auto: [",
    "a length": "pt: [",
    "a bound": '"max(',
    "an arrow": "\nconnectors:",
    "a lying page": "landscape",
    "another paper": "page: A5",
    "pages as many as needed": "fit: paginate",
}


def test_whole_sheets_hold_all_there_is() -> None:
    """Every kind of block and diagram, scripts, themes, languages, papers, tracks and arrows occur in drawn sheets."""
    seen: list[str] = []

    @settings(max_examples=400, database=None, phases=(Phase.generate,), suppress_health_check=list(HealthCheck))
    @seed(11)
    @given(sheets(), flowcharts())
    def drawn(text: str, chart: str) -> None:
        seen.extend((text, chart))

    drawn()
    assert [name for name, mark in SEEN.items() if not any(mark in text for text in seen)] == []
    assert any("page: " in text and "\nlayout:" not in text for text in seen)


def test_a_failing_example_prints_as_markdown() -> None:
    """What Hypothesis shows of a failing document is its sheet, line by line, ready to be saved and rendered."""
    found: list[Document] = []

    @settings(max_examples=20, phases=(Phase.generate,))
    @given(documents())
    def broken(document: Document) -> None:
        found.append(document)

    broken()
    shown = repr(found[-1])
    assert shown.startswith('read("""\\\n---\npage: ')
    assert layout(read(shown.removeprefix('read("""\\\n').removesuffix('""")'))).pages
    assert "\\n" not in shown


def test_pages_and_themes_are_drawn() -> None:
    """Page sizes and themes vary, hands and sizes of type too."""
    assert find(page_sizes(), lambda p: p != "A4", settings=QUICK)
    theme = find(themes(), lambda t: t.hand.wobble == 0.0 and t.type.body_max_pt == 18.0, settings=QUICK)
    assert theme.name == "nano-banana"
    assert find(panels(), lambda p: ".sticky" in p, settings=QUICK)


def test_assert_layout_names_every_violation_with_its_place(tmp_path: Path) -> None:
    """The message holds the source line and a caret, the picture the frames."""
    picture = tmp_path / "broken.svg"
    with pytest.raises(AssertionError) as caught:
        assert_layout(read(SHEET), constraints.widest("b"), constraints.tallest("c"), picture=picture)
    message = str(caught.value)
    assert message.startswith("1 violation:\n<text>:11:1: error: widest: ")
    assert "  ## B\n  ^^^^" in message
    assert "#c81e1e" in picture.read_text(encoding="utf-8")
    assert_layout(layout(read(SHEET)), constraints.widest("c"))
    assert_layout(read(SHEET))


def test_golden_pages_are_accepted_compared_and_missed(tmp_path: Path) -> None:
    """A page must be accepted once, then come out again; changes are drawn for review, dead ones named."""
    folder = tmp_path / "golden"
    with pytest.raises(AssertionError, match="there is no accepted page yet"):
        GoldenPages(folder).check(read(SHEET), "one")
    assert (folder / "one.new.svg").exists()
    GoldenPages(folder, accept=True).check(read(SHEET), "one")
    pages = GoldenPages(folder)
    pages.check(layout(read(SHEET)), "one")
    assert not (folder / "one.new.svg").exists()
    assert pages.dead() == ()
    with pytest.raises(AssertionError, match="three!"):
        pages.check(read(SHEET.replace("three", "three!")), "one")
    assert GoldenPages(folder).dead() == ("one",)


SUITE = """
from hypothesis import HealthCheck, given, settings
from banana_layout import constraints
from banana_layout.testing import documents, assert_layout

def test_page(lay_out, check_layout, golden_page):
    laid = lay_out({sheet!r})
    check_layout(laid, constraints.widest("c"))
    golden_page(laid)

@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_any(document):
    assert_layout(document)

def test_broken(lay_out, check_layout):
    check_layout(lay_out({sheet!r}), constraints.widest("b"))
"""


def test_the_plugin_serves_a_suite_of_ones_own(tmp_path: Path) -> None:
    """With one line in conftest.py the fixtures work; --accept-pages keeps pages, a broken constraint fails."""
    (tmp_path / "conftest.py").write_text('pytest_plugins = ["banana_layout.testing.plugin"]\n', encoding="utf-8")
    (tmp_path / "test_own.py").write_text(SUITE.format(sheet=SHEET), encoding="utf-8")

    def run(*arguments: str) -> str:
        line = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:xdist",
            *arguments,
            "test_own.py",
        ]
        done = subprocess.run(
            line, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        return done.stdout

    assert "2 failed, 1 passed" in run()
    assert "1 failed, 2 passed" in run("--accept-pages")
    again = run()
    assert "1 failed, 2 passed" in again
    assert "error: widest: " in again
    assert (tmp_path / "golden" / "test_page.txt").exists()
