"""SVG documents: what browsers, readers and programs find in them."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banana_layout.geometry.affine import Affine
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.rect import Rect
from banana_layout.render.outline import relative
from banana_layout.render.svg import to_svg
from banana_layout.scene.item import Glyph, GlyphRun, Group, Image, Link, Path
from banana_layout.scene.paint import Stroke
from tests.render.scenes import BOOK, INK, RED, busy, emoji, line, marker, page, run

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"


def read(scene) -> ET.Element:
    """Return a page's SVG as an XML parser sees it."""
    return ET.fromstring(to_svg(scene, BOOK))


def test_the_same_scene_gives_the_same_text():
    """Two documents of one page are identical."""
    assert to_svg(busy(), BOOK) == to_svg(busy(), BOOK)


def test_the_picture_has_its_size_title_and_language():
    """Millimetres outside, points inside; title and description for readers and tooltips."""
    root = read(page(title="추론 <1> & \x0b more", subject="요약", lang="ko", width=595.276, height=841.89))
    assert (root.get("width"), root.get("height")) == ("210mm", "297mm")
    assert root.get("viewBox") == "0 0 595.28 841.89"
    assert root.get("lang") == "ko"
    assert [root[0].tag, root[0].text] == [f"{SVG}title", "추론 <1> &  more"]
    assert [root[1].tag, root[1].text] == [f"{SVG}desc", "요약"]


def test_every_line_is_one_selectable_transparent_text():
    """The characters lie over the ink, stretched to its width; readers are spared the ink."""
    drawn = line("a", "안녕 ", "👩‍👩‍👧‍👦", " 세계", y=56, varied=True)
    root = read(page(drawn))
    (text,) = root.iter(f"{SVG}text")
    assert text.text == "안녕 👩‍👩‍👧‍👦 세계"
    assert text.get("fill-opacity") == "0"
    assert (text.get("x"), text.get("y")) == ("30", "56")
    assert float(text.get("textLength")) == pytest.approx(drawn.rect.w, abs=0.02)
    hidden = [g for g in root.iter(f"{SVG}g") if g.get("aria-hidden") == "true"]
    assert any(use.get(HREF) for g in hidden for use in g.iter(f"{SVG}use"))
    assert not any(list(g.iter(f"{SVG}text")) for g in hidden)


def test_outlines_are_defined_once_and_every_use_finds_one():
    """A glyph's outline stands once for each variant in the definitions, whatever its size, colour and weight."""
    root = read(
        page(
            run("a", "가가가", 10, 40, varied=True),
            run("b", "가 나", 10, 80, size=30, weight=1.0, paint=RED),
            run("c", "가가나", 10, 90, varied=True),
        )
    )
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids)) == 3 + 2 + 1  # three variants, two plain, one variant of another letter
    uses = [u.get(HREF) for u in root.iter(f"{SVG}use")]
    assert len(uses) == 8  # the space needs none
    assert {u.removeprefix("#") for u in uses} == set(ids)


def test_nothing_foreign_is_in_the_picture():
    """No script, event handler, foreignObject, style sheet or reference to anything outside."""
    text = to_svg(busy(emoji("e", "🍌", 200, 40), marker("m", 5, 5, 20, 10)), BOOK)
    root = ET.fromstring(text)
    allowed = {"svg", "title", "metadata", "defs", "g", "path", "use", "text", "a", "rect", "clipPath"}
    found = {e.tag.removeprefix(SVG) for e in root.iter() if e.tag.startswith(SVG)}
    assert found <= allowed
    assert not [k for e in root.iter() for k in e.attrib if k.startswith("on")]
    assert all(u.get(HREF).startswith("#") for u in root.iter(f"{SVG}use"))
    assert "url(" not in re.sub(r"url\(#clip-\w+\)", "", text)


def test_highlighters_multiply_even_inside_a_clip():
    """A clipped group would cut the blend off from the page, so its leaves carry the clip."""
    band = marker("m", 10, 10, 40, 10)
    root = read(page(Group("g", (band,), clip=Outline.ellipse(Rect(10, 10, 30, 10)))))
    (leaf,) = [p for p in root.iter(f"{SVG}path") if p.get("style")]
    assert leaf.get("style") == "mix-blend-mode:multiply"
    assert leaf.get("clip-path").startswith("url(#clip-")
    assert not [g for g in root.iter(f"{SVG}g") if g.get("clip-path")]


def test_a_clip_keeps_its_place_around_a_turned_group():
    """A clip around a turned group stays in the coordinates outside of it."""
    turned = Group("t", (marker("m", 0, 0, 40, 10),), transform=Affine.translate(50, 50))
    root = read(page(Group("g", (turned,), clip=Outline.rect(Rect(50, 50, 20, 10)))))
    (clipped,) = [e for e in root.iter() if e.get("clip-path")]
    assert clipped.get("transform") is None
    assert clipped[0].get("transform") == "matrix(1 0 0 1 50 50)"


def test_a_panel_is_called_by_its_heading():
    """A region without words of its own takes its heading's."""
    words = Group(
        "h", (Group("l", (run("r", "제목", 10, 20),), role="line", text="제목", style="heading"),), role="heading"
    )
    root = read(page(Group("p", (words,), role="panel", rect=Rect(0, 0, 9, 9))))
    assert [g.get("aria-label") for g in root.iter(f"{SVG}g") if g.get("role") == "region"] == ["제목"]


def test_groups_say_what_they_are():
    """Roles, labels and levels reach assistive software; a figure's title says what it shows."""
    heading = Group("h", (line("h/0", "제목"),), role="heading", level=2)
    figure = Group(
        "f", (Path("p", Outline.line(0, 0, 9, 9), stroke=Stroke(1, INK)),), role="figure", alt="A에서 B로 <가는> 길"
    )
    grid = Group("d", (Path("q", Outline.line(0, 0, 9, 9), stroke=Stroke(1, INK)),), role="artifact")
    panel = Group("intro", (heading, figure, grid), role="panel", rect=Rect(0, 0, 100, 100), alt="소개")
    root = read(page(panel))
    by_role = {g.get("role"): g for g in root.iter(f"{SVG}g") if g.get("role")}
    assert by_role["region"].get("aria-label") == "소개"
    assert by_role["heading"].get("aria-level") == "2"
    assert by_role["figure"][0].tag == f"{SVG}title"
    assert by_role["figure"][0].text == "A에서 B로 <가는> 길"
    assert [g.get("aria-hidden") for g in by_role["region"]][-1] == "true"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "file:///x", "//a.b", "x", "#", ""]
)
def test_dangerous_links_are_left_out(url):
    """Only http, https, mailto and panels can be linked to."""
    assert not list(read(page(Link("l", Rect(1, 2, 3, 4), url))).iter(f"{SVG}a"))


def test_links_lead_to_the_web_and_to_panels():
    """A link is an area over its words, outside what readers are spared; a panel's id is found again."""
    linked = line("t", "여기", y=50)
    linked = Group(
        "l",
        (*linked.children, Link("a", Rect(30, 40, 30, 12), "https://a.org/?a=1&b=\"<'", "여기")),
        role="line",
        text="여기",
    )
    root = read(
        page(Group("내 패널", (linked, Link("b", Rect(0, 0, 9, 9), "#내 패널")), role="panel", rect=Rect(0, 0, 99, 99)))
    )
    web, inner = root.iter(f"{SVG}a")
    assert web.get(HREF) == "https://a.org/?a=1&b=%22%3C'"
    assert not [a for g in root.iter(f"{SVG}g") if g.get("aria-hidden") for a in g.iter(f"{SVG}a")]
    (panel,) = [g for g in root.iter(f"{SVG}g") if g.get("role") == "region"]
    assert inner.get(HREF) == "#" + panel.get("id")
    assert re.fullmatch(r"[\w-]+", panel.get("id"))


def test_pictures_travel_inside():
    """A raster picture is a data URI with its description."""
    from PIL import Image as Pillow

    out = io.BytesIO()
    Pillow.new("RGB", (2, 2)).save(out, "png")
    (image,) = read(page(Image("i", Rect(1, 2, 30, 40), out.getvalue(), "image/png", "검은 <칸>"))).iter(f"{SVG}image")
    assert image.get(HREF).startswith("data:image/png;base64,iVBOR")
    assert [image.get(k) for k in ("x", "y", "width", "height")] == ["1", "2", "30", "40"]
    assert image[0].text == "검은 <칸>"


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec=None), max_size=30))
def test_hostile_text_stays_text(text):
    """Whatever characters come, the document parses, and no text becomes markup."""
    scene = page(
        Group("f", (run("r", "가", 10, 20),), role="figure", alt=text),
        GlyphRun("h", "", 16.0, 20, 30, (Glyph(0, 0.0, 0.0, 9.0, text + "</text><script>x</script>"),), None),
        Group(text or "p", (), role="panel", rect=Rect(0, 0, 5, 5), alt=text),
        Link("l", Rect(0, 0, 5, 5), "https://e.org/" + text, text),
        title=text,
        author=text,
        keywords=(text,),
    )
    root = read(scene)
    assert not list(root.iter(f"{SVG}script"))
    assert [t for t in root.iter(f"{SVG}text") if (t.text or "").endswith("</text><script>x</script>")]


@given(st.lists(st.tuples(st.sampled_from("MLQCZ"), *[st.floats(-500, 500)] * 6), max_size=30))
def test_relative_commands_keep_every_point(segments):
    """Reading the path data back gives each point within half a hundredth: rounding never adds up."""
    verbs, coords, open_ = "M", [1.0, 2.0], True
    for verb, *numbers in segments:
        if verb == "Z" and not open_:
            continue
        if not open_ and verb != "M":
            verbs, coords, open_ = verbs + "M", [*coords, *numbers[:2]], True
        verbs, open_ = verbs + verb, verb != "Z"
        coords += numbers[: {"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0}[verb]]
    path = Outline(verbs, tuple(coords))
    assert absolute(relative(path)) == pytest.approx(coords, abs=0.0051 + 0.01)


@given(st.lists(st.tuples(*[st.floats(-50, 50)] * 4), min_size=2, max_size=30), st.booleans())
def test_mirrored_handles_are_left_out_without_drift(steps, quadratic):
    """On a smooth curve handles are mirrored: the data are shorter, and no point or handle moves by more than the slack."""
    x, y, hx, hy, coords = 0.0, 0.0, 3.0, 4.0, [0.0, 0.0]
    for a, b, dx, dy in steps:
        first = (2 * x - hx, 2 * y - hy)
        x, y = x + dx, y + dy
        hx, hy = first if quadratic else (x + a, y + b)
        coords += (*first, x, y) if quadratic else (*first, hx, hy, x, y)
        if quadratic and abs(hx) + abs(hy) > 1e5:
            break
    verbs = "M" + ("Q" if quadratic else "C") * ((len(coords) - 2) // (4 if quadratic else 6))
    data = relative(Outline(verbs, tuple(coords)), slack=4)
    assert absolute(data) == pytest.approx(coords, abs=0.0051 + 0.04)
    assert ("t" if quadratic else "s") in data


def absolute(data: str) -> list[float]:
    """Return the coordinates of relative path data as absolute ones, handles told; written from the SVG specification."""
    tokens = re.findall(r"[a-zA-Z]|-?(?:\d+\.?\d*|\.\d+)", data)
    out: list[float] = []
    at, start, i, command, handle = (0.0, 0.0), (0.0, 0.0), 0, "", None
    while i < len(tokens):
        if tokens[i].isalpha():
            command = tokens[i]
            i += 1
        if command == "z":
            at, handle = start, None
            continue
        n = {"M": 2, "m": 2, "l": 2, "q": 4, "c": 6, "h": 1, "v": 1, "s": 4, "t": 2}[command]
        found = [float(v) for v in tokens[i : i + n]]
        i += n
        if command in "hv":
            found = [found[0], 0.0] if command == "h" else [0.0, found[0]]
        base = (0.0, 0.0) if command == "M" else at
        points = [base[j % 2] + v for j, v in enumerate(found)]
        if command in "st":
            points = [2 * at[0] - handle[0], 2 * at[1] - handle[1], *points]
        out += points
        at = (points[-2], points[-1])
        handle = (points[-4], points[-3]) if command in "qcst" else None
        if command in "Mm":
            start = at
            command = "l" if command == "m" else "L"
    return out


def test_a_turned_line_keeps_its_text_over_its_ink():
    """The selectable text stands in the coordinates of the run it covers."""
    inner = line("a", "기운 글", x=0, y=0)
    root = read(page(Group("g", (inner,), transform=Affine.rotate(5).then(Affine.translate(40, 60)))))
    (text,) = root.iter(f"{SVG}text")
    assert (text.get("x"), text.get("y")) == ("0", "0")
