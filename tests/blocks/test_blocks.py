"""Blocks as a reader sees them: what stands where, and that nothing is left out."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banana_layout.layout.result import LaidPage, Line
from banana_layout.pipeline import layout, read
from banana_layout.scene.item import GlyphRun, Group, Image, Item, Link
from banana_layout.scene.item import Path as Shape
from banana_layout.testing.blocks import TEXTUAL, blocks


def page(markdown: str, path: Path | None = None) -> LaidPage:
    """Return a page with one panel; read from a file where pictures are needed."""
    text = f"---\npage: A5\nlayout:\n  - 100: panel\n---\n\n## Panel\n\n{markdown}\n"
    if path is None:
        return layout(read(text)).pages[0]
    (path / "sheet.md").write_text(text, encoding="utf-8")
    return layout(read(path / "sheet.md")).pages[0]


def lines(found: LaidPage) -> dict[str, Line]:
    """Return the lines by their text."""
    return {n.text: n for n in found.lines()}


def groups(items: tuple[Item, ...], role: str) -> list[Group]:
    """Return all groups of a role."""
    out: list[Group] = []
    for item in items:
        if isinstance(item, Group):
            out += [item] if item.role == role else []
            out += groups(item.children, role)
    return out


def shapes(items: tuple[Item, ...], suffix: str) -> list[Shape]:
    """Return all paths whose key ends so."""
    out: list[Shape] = []
    for item in items:
        if isinstance(item, Group):
            out += shapes(item.children, suffix)
        elif isinstance(item, Shape) and item.key.endswith(suffix):
            out.append(item)
    return out


@settings(max_examples=30)
@given(st.lists(blocks(TEXTUAL), min_size=1, max_size=4))
def test_blocks_stand_under_one_another_in_their_panel(parts: list[str]) -> None:
    """Blocks never overlap, keep their order and stay inside the panel's content box."""
    found = page("\n\n<!-- -->\n\n".join(parts))
    content = found.panels[0].content
    inside = [n for n in found.lines() if n.role not in ("heading", "marker")]
    assert all(content.holds(n.rect, 1.0) for n in inside)
    assert len(inside) >= len(parts)


def test_list_items_are_indented_and_numbered_from_their_start() -> None:
    """A list that starts at 7 shows 7 and 8; nested items stand further in than their parents."""
    found = lines(page("7. sieben\n8. acht\n   - innen\n"))
    assert {"7", "8"} <= set(found)
    assert found["innen"].rect.x > found["acht"].rect.x > found["8"].rect.x


def test_check_boxes_are_ticked_as_written() -> None:
    """`[x]` gets a tick, `[ ]` none; both get a box."""
    items = page("- [x] done\n- [ ] open\n").scene.items
    assert len(shapes(items, "/box")) == 2
    assert len(shapes(items, "/tick")) == 1


def test_table_columns_follow_the_author_s_alignment() -> None:
    """Left text starts left, centred text stands in the middle; figures flush right share an edge, the widest centred."""
    table = "| aaaaaaaaaa | bbbbbbbbbb | cccccccccc |\n|:--|:-:|--:|\n| x | y | 7 |\n| u | v | 12345 |\n"
    found = page(table)
    cells = [c.rect for c in groups(found.scene.items, "cell") if c.rect]
    texts = [lines(found)[t].rect for t in ("x", "y", "7", "12345")]
    assert texts[0].x - cells[0].x < 10
    assert texts[1].center.x == pytest.approx(cells[1].center.x, abs=0.5)
    assert texts[2].right == pytest.approx(texts[3].right, abs=0.5)
    assert texts[3].center.x == pytest.approx(cells[2].center.x, abs=0.5)


def test_table_columns_are_as_wide_as_their_content_asks() -> None:
    """A column of sentences is wider than one of tokens, and together they fill the panel."""
    found = page("| a | b |\n|---|---|\n| 1 | 확률에 따라 token 하나를 뽑아서 뒤에 붙인다 |\n")
    cells = [c.rect for c in groups(found.scene.items, "cell") if c.rect]
    assert cells[1].w > 1.8 * cells[0].w
    assert cells[0].w + cells[1].w == pytest.approx(found.panels[0].content.w)


def test_long_cells_are_wrapped_inside_their_column() -> None:
    """Text too long for its column is broken into lines that stay inside it."""
    long = "아주 긴 설명이 여러 줄로 나뉘어 들어가야 하는 칸입니다 그래서 줄이 바뀝니다"
    found = page(f"| a | b | c |\n|---|---|---|\n| {long} | {long} | x |\n")
    cells = [c.rect for c in groups(found.scene.items, "cell") if c.rect]
    inside = [n for n in found.lines() if n.role == "cell"]
    assert len(inside) > 3
    assert all(any(c.holds(n.rect, 0.5) for c in cells) for n in inside)


def test_table_too_wide_for_its_panel_is_turned() -> None:
    """A table of many columns and few rows has its columns as rows; every cell is there, none broken."""
    names = [f"Spalte{i}werte" for i in range(14)]
    head, dashes = " | ".join(names), " | ".join("---" for _ in names)
    row = " | ".join(f"Wert{i}inhalt" for i in range(14))
    found = page(f"| {head} |\n| {dashes} |\n| {row} |\n")
    texts = lines(found)
    assert {*names, *(f"Wert{i}inhalt" for i in range(14))} <= set(texts)
    assert texts["Spalte1werte"].rect.x == pytest.approx(texts["Spalte2werte"].rect.x, abs=30)
    assert texts["Spalte2werte"].rect.y > texts["Spalte1werte"].rect.y
    assert texts["Wert2inhalt"].rect.x > texts["Spalte2werte"].rect.right


def test_quotes_take_turns_with_their_tails() -> None:
    """Two bubbles in a row lean to different sides and enclose their text."""
    found = page("> one quote\n\n<!-- -->\n\n> two quotes\n")
    one, two = (s.path.bounds() for s in shapes(found.scene.items, "/bubble"))
    texts = lines(found)
    assert one.holds(texts["one quote"].rect, 0.5)
    assert two.holds(texts["two quotes"].rect, 0.5)
    assert texts["one quote"].rect.center.x != pytest.approx(texts["two quotes"].rect.center.x, abs=2)


def test_code_keeps_its_lines_and_indents() -> None:
    """Every line of code stands on its own line, deeper ones further in, in known and unknown languages."""
    for language in ("python", "nonsense", ""):
        found = [n for n in page(f"```{language}\nif x:\n    y = 1\nz\n```").lines() if n.role == "code"]
        assert [n.text.replace("\u00a0", " ").strip() for n in found] == ["if x:", "y = 1", "z"]


@pytest.mark.parametrize(
    "language", ["console", "pycon", "doscon", "bash", "robotframework", "tnt", "no-such-language"]
)
@pytest.mark.parametrize("text", ["$ ls -l", ">>> 1 + 1\n2", "C:\\>dir\ntotal 3", "a\n\n  'b"])
def test_code_of_any_language_is_shown_whole(language: str, text: str) -> None:
    """The last line of a session is shown like the others, whatever a language's lexer does with it."""
    found = [n.text for n in page(f"```{language}\n{text}\n```").lines() if n.role == "code"]
    assert " ".join(" ".join(found).split()) == " ".join(text.split())


def test_code_a_little_too_wide_is_set_smaller_rather_than_broken() -> None:
    """Lines of code stay whole down to four fifths of their usual size; beyond that they are broken at the usual size."""
    kept: list[float] = []
    broken: list[float] = []
    for words in range(6, 20):
        text = " ".join(["word"] * words)
        laid = page(f"some text\n\n```\n{text}\n```\n" + "\nmore\n" * 14)
        found = [n for n in laid.lines() if n.role == "code"]
        share = found[0].size / next(n.size for n in laid.lines() if n.text == "more")
        (kept if len(found) == 1 else broken).append(round(share, 6))
    assert len({*broken}) == 1
    assert max(kept) == broken[0]
    assert 0.8 * broken[0] <= min(kept) < 0.95 * broken[0]


def test_callouts_say_their_kind_in_the_document_s_language() -> None:
    """A warning is headed by its sign and its Korean name, or the author's own title."""
    texts = [n.text for n in page("> [!WARNING]\n> 조심\n").lines()]
    assert any("주의" in t for t in texts)
    assert "조심" in texts


def test_footnotes_stand_last_in_their_panel() -> None:
    """The note stands under everything else and both marks carry its number."""
    found = page("Text[^a] goes on.\n\n[^a]: The note.\n\nMore text.\n")
    texts = lines(found)
    assert texts["The note."].rect.y > texts["More text."].rect.y
    assert any("goes" in t and "1" in t for t in texts)


def test_definitions_stand_under_their_terms() -> None:
    """A term stands above and left of what it means."""
    texts = lines(page("Term\n: Meaning\n"))
    assert texts["Meaning"].rect.y > texts["Term"].rect.y
    assert texts["Meaning"].rect.x > texts["Term"].rect.x


def png(width: int, height: int) -> bytes:
    """Return a grey PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = b"".join(b"\0" + b"\x80" * width for _ in range(height))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def test_raster_picture_keeps_its_proportions(tmp_path: Path) -> None:
    """A picture twice as wide as high is shown so, inside the panel, with its alternative text."""
    (tmp_path / "p.png").write_bytes(png(200, 100))
    found = page('![grey box](p.png "caption")', tmp_path)
    (figure,) = groups(found.scene.items, "figure")
    (image,) = [c for c in figure.children if isinstance(c, Image)]
    assert image.rect.w / image.rect.h == pytest.approx(2)
    assert found.panels[0].content.holds(image.rect, 0.5)
    assert figure.alt == "grey box"
    assert "caption" in lines(found)


def test_svg_picture_becomes_shapes(tmp_path: Path) -> None:
    """An SVG is drawn as vectors in its colours, transforms applied; scripts in it do nothing."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><script>alert(1)</script>'
        '<g transform="translate(10 0)" fill="#ff0000"><rect width="20" height="10"/>'
        '<path d="M0 20 h10 v10 z" style="fill:rgb(0,0,255);stroke:green"/></g></svg>'
    )
    (tmp_path / "p.svg").write_text(svg, encoding="utf-8")
    found = page("![v](p.svg)", tmp_path)
    drawn = [s for s in shapes(found.scene.items, "") if "/shape" in s.key]
    assert [s.fill.color.hex for s in drawn if s.fill] == ["#ff0000", "#0000ff"]
    box = drawn[0].path.bounds()
    assert box.w / box.h == pytest.approx(2)


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("missing.png", "cannot be read"),
        ("../outside.png", "outside the document's folder"),
        ("https://example.org/x.png", "never uses the network"),
        ("broken.png", "no picture that can be shown"),
        ("bomb.svg", "no picture that can be shown"),
    ],
)
def test_pictures_that_cannot_be_shown_leave_a_frame_and_a_warning(tmp_path: Path, path: str, why: str) -> None:
    """A missing, outside, remote or broken picture leaves its words in a frame, and a warning says why."""
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "outside.png").write_bytes(png(2, 2))
    (inner / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nnonsense")
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>'
    (inner / "bomb.svg").write_text(bomb, encoding="utf-8")
    (inner / "sheet.md").write_text(f"## P\n\n![the words]({path})\n", encoding="utf-8")
    laid = layout(read(inner / "sheet.md"))
    assert any(why in w.message for w in laid.warnings)
    assert any("the words" in n.text for n in laid.pages[0].lines())


def test_picture_on_the_web_leaves_its_link() -> None:
    """A picture on the web is not fetched: its words and its address stand in a frame, the address as a link."""
    found = layout(read("## P\n\n![the words](https://example.org/x.png)\n")).pages[0]
    shown = " ".join(n.text for n in found.lines())
    assert "the words" in shown
    assert "example.org/x.png" in shown.replace(" ", "")
    assert links(found.scene.items) == {"https://example.org/x.png"}


def links(items: tuple[Item, ...]) -> set[str]:
    """Return where links lead."""
    out: set[str] = set()
    for item in items:
        if isinstance(item, Group):
            out |= links(item.children)
        elif isinstance(item, Link):
            out.add(item.url)
    return out


def test_hero_and_sticky_can_be_asked_for() -> None:
    """`{.sticky}` makes a note without a frame, `{pen=green}` draws a panel in that pen."""
    text = "## A {.sticky}\n\nx\n\n## B {pen=green}\n\ny\n\n## C\n\nz\n"
    items = layout(read(text)).pages[0].scene.items
    assert [s.key for s in shapes(items, "/note/fill")] == ["a/note/fill"]
    frames = {s.key: s.stroke.paint.color.hex for s in shapes(items, "/frame") if s.stroke}
    assert frames["b/frame"] == "#1c7349"
    assert "a/frame" not in frames


def test_rule_is_drawn_across_the_panel() -> None:
    """A thematic break is a line over most of the panel's width."""
    found = page("above\n\n---\n\nbelow\n")
    (rule,) = shapes(found.scene.items, "/rule")
    assert rule.path.bounds().w > 0.7 * found.panels[0].content.w


def test_columns_of_tokens_are_centred_and_columns_of_text_stand_left() -> None:
    """Where the author says nothing, each column is judged by its own widest cell."""
    found = page("| a | b | c |\n|---|---|---|\n| 하나 | 높음 | 가끔 다시 뽑힘 |\n| 둘 | 중간 | 자주 |\n")
    cells = [c.rect for c in groups(found.scene.items, "cell") if c.rect]
    token, text = lines(found)["높음"].rect, lines(found)["자주"].rect
    assert token.center.x == pytest.approx(cells[1].center.x, abs=0.5)
    assert text.x - cells[2].x < 10


def test_footnote_marks_can_be_read() -> None:
    """A mark is at least 0.7 em large in the text and hardly smaller at the note."""
    found = page("말[^1]\n\n[^1]: 주\n")
    runs = [i for g in groups(found.scene.items, "line") for i in g.children if isinstance(i, GlyphRun)]
    marks = [r for r in runs if r.text == "1"]
    assert len(marks) == 2
    assert all(m.size >= 0.7 * found.body_size for m in marks[:1])
    assert all(m.size >= 0.6 * found.body_size for m in marks)


def test_a_list_stands_as_near_to_its_item_as_items_to_one_another() -> None:
    """The step from an item's words to the list under them is no longer than that between two items."""
    found = lines(page("- eins\n  - zwei\n  - drei\n"))
    one, two, three = (found[t].rect.y for t in ("eins", "zwei", "drei"))
    assert two - one <= three - two + 0.5


def test_a_bubble_is_drawn_in_about_few_words() -> None:
    """Two words among longer quotations stand in a bubble of their own width; long ones in bubbles across the panel."""
    found = page(
        "Text.\n\n> Kurz.\n\n> " + "Ein langer Satz, der die ganze Zeile füllt, und noch eine dazu. " * 2 + "\n"
    )
    bubbles = [s.path.control_box().w for s in shapes(found.scene.items, "/bubble")]
    assert bubbles[0] < 0.6 * bubbles[1]


def test_code_in_a_line_is_set_in_the_code_face_and_figures_in_the_hand() -> None:
    """`gg` and `0` are drawn where letters differ; a token's figures and Hangul stay in the hand of the text."""
    faces = {"".join(g.text for g in r.glyphs): r.face for r in _runs(page("`gg` `0` `860` `확률`\n").scene.items)}
    assert faces["gg"] == faces["0"] == "comic-mono"
    assert faces["860"] == faces["확률"] == "gamja"


def _runs(items: tuple[Item, ...]) -> list[GlyphRun]:
    """Return all runs of glyphs that are drawn."""
    out: list[GlyphRun] = []
    for item in items:
        if isinstance(item, Group):
            out += _runs(item.children)
        elif isinstance(item, GlyphRun) and item.face:
            out.append(item)
    return out
