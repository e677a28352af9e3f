"""The front matter: settings and layouts that are right, and each mistake at its line and column with a hint."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banana_layout.geometry.point import MM
from banana_layout.model.document import Document
from banana_layout.model.inline import plain_text
from banana_layout.model.zone import PanelCell, RowsCell, Track
from banana_layout.source import BananaError, Diagnostic, Source, Span
from banana_layout.syntax import markdown, paper
from banana_layout.syntax.track import TrackError, parse_track

PANELS = "\n# T\n\n## A\n\n## B\n\n## C\n"


def read(front: str, body: str = PANELS) -> Document:
    return markdown.read(Source("s.md", f"---\n{front}\n---\n{body}")).value


def refused(front: str, body: str = PANELS) -> str:
    with pytest.raises(BananaError) as caught:
        read(front, body)
    return str(caught.value)


def layout(rows: str) -> str:
    return "layout:\n" + "\n".join("  " + line for line in rows.split("\n"))


@pytest.mark.parametrize(
    ("written", "width", "height"),
    [
        ("page: A4", 210, 297),
        ("page: a3", 297, 420),
        ("page: B5", 176, 250),
        ("page: letter", 215.9, 279.4),
        ("page: 16:9", 338.6666666667, 190.5),
        ("page: 200x100mm", 200, 100),
        ("page: 20cm x 10cm", 200, 100),
        ("page: {width: 200mm, height: 4in}", 200, 101.6),
        ("page: A4\norientation: landscape", 297, 210),
        ("page: A4\norientation: 가로", 297, 210),
        ("page: 16:9\norientation: portrait", 190.5, 338.6666666667),
        ("page: A4 landscape", 297, 210),
        ("page: landscape A5", 210, 148),
        ("page: A4-Landscape", 297, 210),
        ("page: A4 가로", 297, 210),
        ("page: 가로형 A4\norientation: portrait", 210, 297),
        ("page: A4 (가로형)", 297, 210),
        ("page: 16:9 portrait", 190.5, 338.6666666667),
        ("page: 100mm x 200mm landscape", 200, 100),
    ],
)
def test_pages_have_their_sizes(written, width, height):
    """Papers by name and by measure, lying and standing, in points."""
    page = read(written).settings.page
    assert page.width == pytest.approx(width * MM, abs=1e-6)
    assert page.height == pytest.approx(height * MM, abs=1e-6)


def test_all_settings_arrive():
    """Each key reaches its field; texts that YAML 1.1 would misread stay texts."""
    found = read(
        "theme: exam-notes\nfit: rebalance\nseed: 42\nlang: en\ntitle: no\nauthor: 1:30\nsubject: 'x: y'\nkeywords: a, b"
    ).settings
    assert (found.theme, found.fit, found.seed, found.lang) == ("exam-notes", "rebalance", 42, "en")
    assert (found.title, found.author, found.subject, found.keywords) == ("no", "1:30", "x: y", ("a", "b"))


def test_layouts_nest():
    """Rows, cells with weights and divided cells arrive with their ids, and places point at what was written."""
    document = read(layout('- 10: title\n- 40mm: [a, {b: "max(2, 30mm)"}]\n- auto: {rows: [{1: c}], weight: 3}'))
    first, second, third = document.sheets[0].zones
    assert [z.id for z in (first, second, third)] == ["zone-1", "zone-2", "zone-3"]
    assert second.track == Track(length=40 * MM)
    assert second.cells[1].track == Track(weight=2, least=30 * MM)
    (divided,) = third.cells
    assert isinstance(divided, RowsCell)
    assert (divided.track.weight, divided.rows[0].id) == (3, "zone-3.1")
    span = second.cells[0].span
    assert document.source.text[span.start : span.end] == "a"


def test_zone_ids_differ_though_neighbours_are_divided():
    """Two divided cells of one zone number their rows on."""
    document = read(layout("- 1: title\n- 1: [{rows: [{1: a}, {1: b}]}, {rows: [{1: c}]}]"))
    cells = document.sheets[0].zones[1].cells
    assert [zone.id for cell in cells for zone in cell.rows] == ["zone-2.1", "zone-2.2", "zone-2.3"]


FULL = "- 1: title\n- 2: [a, b]\n- 3: c"

MISTAKES = {
    "unknown key": ("pgae: A4\n" + layout(FULL), "s.md:2:1: error: the front matter has no key “pgae”", "did you mean “page”?"),
    "weight of zero": (layout("- 0: title\n- 2: [a, b, c]"), "s.md:3:5: error: the weight 0 is not above 0", "weight (25)"),
    "negative weight": (layout("- 1: title\n- 2: [a, b, {c: -1}]"), "s.md:4:19: error: the weight -1 is not above 0", ""),
    "no number": (layout("- .nan: title\n- 2: [a, b, c]"), "s.md:3:5: error: “.nan” is no size", ""),
    "infinite": (layout("- 1e999: title\n- 2: [a, b, c]"), "s.md:3:5: error: the weight 1e999 is too large", ""),
    "too heavy": (layout("- 1e9: title\n- 2: [a, b, c]"), "s.md:3:5: error: the weight 1e9 is too large", ""),
    "no unit": (layout("- 5px: title\n- 2: [a, b, c]"), "s.md:3:5: error: “px” is no unit", ""),
    "no panel": (layout("- 1: title\n- 2: [a, b, cc]"), "s.md:4:15: error: no heading makes a panel “cc”", "there are title, a, b, c"),
    "named twice": (layout("- 1: title\n- 2: [a, b, c, a]"), "s.md:4:18: error: panel “a” is named twice", ""),
    "left out": (layout("- 1: title\n- 2: [a, b]"), "s.md:13:1: error: panel “c” has no place in the layout", "add “- 25: c”"),
    "no title": (layout("- 2: [a, b, c]"), "s.md:3:3: error: the title has no place in the layout", "add “- 10: title”"),
    "row without size": (layout("- title\n- 2: [a, b, c]"), "s.md:3:5: error: a row needs its size", "write “1: title”"),
    "two sizes": (layout("- {1: title, 2: a}\n- 2: [b, c]"), "s.md:3:5: error: a row must be one size and its cells", ""),
    "commas": (layout("- 1: title\n- 2: a, b, c"), "no heading makes a panel “a, b, c”", "as a list: [one, another]"),
    "brace comma": (layout("- 1: title\n- 2: [a, b, {c: max(2, 30mm)}]"), "error:", ""),
    "connector": ("connectors:\n  - {from: a, to: d}\n" + layout(FULL), "s.md:3:5: error: the connector names a panel “d”", "there are"),
    "connector key": ("connectors:\n  - {form: a, to: b}", "s.md:3:6: error: a connector has no key “form”", "did you mean “from”?"),
    "page": ("page: A44", "s.md:2:7: error: “A44” is no page size", "did you mean “A4”?"),
    "small page": ("page: 1x1mm", "s.md:2:7: error: the page is not between 20 and 5080 mm", ""),
    "fit": ("fit: rebalanced", "s.md:2:6: error: “rebalanced” is no way to fit", "did you mean “rebalance”?"),
    "seed": ("seed: 1.5", "s.md:2:7: error: “seed” must be a whole number", ""),
    "lang": ("lang: 한국어", "s.md:2:7: error: “한국어” is no language tag", ""),
    "orientation": ("orientation: lanscape", "s.md:2:14: error: “lanscape” is no orientation", "did you mean “landscape”?"),
    "list": ("theme: [a]", "s.md:2:8: error: “theme” must be a text", ""),
    "double key": ("page: A4\nseed: 1\npage: A5", "s.md:4:1: error: “page” is given twice", "it is already on line 2"),
    "broken": ('page: "A4\nseed: 1', "error: the front matter is not YAML", "quotes"),
    "broken list": ("layout:\n  - 10: [a, b\n  - 20: c\nseed: 1", "error: the front matter is not YAML", ""),
    "tab": ("layout:\n\t- 1: a", "s.md:3:1: error: the front matter is not YAML", ""),
    "alias": ("title: &x a\nauthor: *x", "s.md:2:8: error: anchors and aliases", ""),
    "tag": ("title: !!python/object:os.system a", "s.md:2:8: error: tags (!) are not supported", ""),
    "list of keys": ("- a\n- b", "error: the front matter is a list", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_mistakes_are_told_at_their_place(name):
    """Each mistake names its line and column, and what would help."""
    front, message, hint = MISTAKES[name]
    found = refused(front)
    assert message in found
    assert hint in found


def test_all_mistakes_are_told_at_once():
    """A writer sees every mistake of a layout in one go, in the order of the file."""
    found = refused("page: A44\nfit: x\nseed: y")
    assert [line.split(":")[1] for line in found.split("\n") if line.startswith("s.md")] == ["2", "3", "4"]


def test_an_open_front_matter_is_told():
    """A front matter that is never closed is not quietly shown as text."""
    with pytest.raises(BananaError, match="has no end"):
        markdown.read(Source("s.md", "---\npage: A4\n\n# T\n"))


def test_a_rule_at_the_start_is_no_front_matter():
    """Three hyphens followed by prose are a thematic break."""
    document = markdown.read(Source("s.md", "---\n\nprose\n\n---\n\nmore")).value
    assert len(document.sheets[0].panels[0].blocks) >= 3


def test_another_tools_front_matter_is_welcome():
    """Without a layout of ours unknown keys are warnings, and a layout that is no list is as if absent."""
    found = markdown.read(Source("s.md", "---\nlayout: post\ndate: 2024-01-01\ntags: [a]\n---\n## A\n"))
    assert found.value.sheets[0].zones is None
    assert [w.message for w in found.warnings] == [
        "the front matter has no keys “date”, “tags”",
    ]


def test_connectors_arrive():
    """Arrows between panels, in both spellings."""
    (sheet,) = read('connectors:\n  - {from: a, to: b, label: "왜"}\n  - b -> c').sheets
    assert [(c.source, c.target, c.label) for c in sheet.connectors] == [("a", "b", "왜"), ("b", "c", "")]


def test_a_layout_goes_to_the_sheets_it_fits():
    """With several sheets, the layout holds for those whose panels it names; the others are laid out automatically."""
    document = read(layout("- 1: title\n- 1: a"), "# One\n\n## A\n\n# Two\n\n## A\n\n## B\n")
    assert [sheet.zones is not None for sheet in document.sheets] == [True, False]


def test_a_title_in_the_front_matter_stands_in():
    """`title:` fills the title panel where no `#` heading is."""
    (sheet,) = read("title: 제목\n" + layout("- 1: title\n- 1: a"), "## A\n").sheets
    assert sheet.title.content[0].text == "제목"
    assert isinstance(sheet.zones[0].cells[0], PanelCell)


@pytest.mark.parametrize(
    ("text", "track"),
    [
        ("25", Track(weight=25)),
        ("25%", Track(weight=25)),
        ("1.5fr", Track(weight=1.5)),
        ("1in", Track(length=72)),
        ("90pt", Track(length=90)),
        ("3cm", Track(length=30 * MM)),
        ("auto", Track(auto=True)),
        ("max(25, 72pt)", Track(weight=25, least=72)),
        ("max(72pt, 25)", Track(weight=25, least=72)),
        ("min(auto, 72pt)", Track(auto=True, most=72)),
        ("minmax(72pt, 25)", Track(weight=25, least=72)),
        ("minmax(72pt, 90pt)", Track(auto=True, least=72, most=90)),
        ("max(min(25, 90pt), 72pt)", Track(weight=25, least=72, most=90)),
    ],
)
def test_tracks_are_read(text, track):
    """The whole grammar of sizes."""
    found = parse_track(text)
    assert found.length == pytest.approx(track.length) if track.length else found == track


@given(st.text(alphabet="0123456789.,()minmaxauto %fr-+e", max_size=30))
def test_any_text_is_a_track_or_refused(text):
    """A track is sound, or TrackError says what is wrong."""
    try:
        track = parse_track(text)
    except TrackError as error:
        message, hint = error.args
        track = Track(weight=1.0) if message and hint else Track()
    assert (track.weight is not None) + (track.length is not None) + track.auto == 1
    assert track.weight is None or 0 < track.weight < math.inf


YAML = st.lists(
    st.sampled_from(
        [*":-[]{},#&*!|>'\"%@` \n", "layout", "page", "A4", "title", "a", "10", "\n  - ", ": ", "rows", "weight", "auto", "한글", "🎲", "\t", "~"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(YAML)
def test_any_front_matter_is_read_or_refused(text):
    """No YAML, however broken, raises anything but BananaError with a place in the file."""
    source = Source("s.md", f"---\n{text}\n---\n## A\n")
    found: list[Diagnostic] = []
    try:
        found.extend(markdown.read(source).warnings)
    except BananaError as error:
        found.extend(error.diagnostics)
    assert all(d.span is None or 0 <= d.span.start <= len(source.text) for d in found)
    assert all(d.render() for d in found)


def test_a_row_without_its_colon_is_told_what_is_missing():
    """`- 30 kinds-of-tea` is a size and a panel with no colon between them."""
    with pytest.raises(BananaError) as error:
        markdown.read(Source("s.md", "---\nlayout:\n  - 30 kinds-of-tea\n  - 20mm [a, b]\n  - tea\n---\n## A\n"))
    found = [(d.message, d.hints[0]) for d in error.value.diagnostics]
    assert found == [
        ("a colon is missing after the size", "write “30: kinds-of-tea”"),
        ("a colon is missing after the size", "write “20mm: [a, b]”"),
        ("a row needs its size", "write “1: tea”"),
    ]


def test_a_line_under_the_title_may_stand_in_the_front_matter():
    """`subtitle` is Markdown under the first page's title, before what the page says there itself; it needs a title."""
    found = read('title: T\nsubtitle: "**two** parts"', "\n## A\n\nx\n")
    (line,) = found.sheets[0].title.subtitle
    assert plain_text(line.content) == "two parts"
    assert found.source.text[line.content[0].span.start : line.content[0].span.end] == "**two**"
    both = read("subtitle: first", "\n# T\n\nsecond\n\n## A\n\nx\n").sheets[0].title.subtitle
    assert [plain_text(p.content) for p in both] == ["first", "second"]
    told = markdown.read(Source("s.md", "---\nsubtitle: alone\n---\n## A\n\nx\n")).warnings
    assert [(w.message, w.span) for w in told] == [("the subtitle has no title above it and is left out", Span(14, 19))]


@given(st.text(max_size=300), st.sampled_from(["", " ", "-", "(", "가로", "landscape"]))
@settings(max_examples=200)
def test_any_text_is_a_size_or_none(words, tail):
    """No text given for a page breaks the reader of sizes, and a turned size is the size itself turned."""
    found = paper.named(words + tail)
    assert found is None or found.width >= 0
    assert paper.named("A5 " * 90 + "landscape") is None


def test_a_page_size_nobody_has_is_told_as_it_is_spelled_and_with_all_others():
    """`A55` may be meant to be A5."""
    with pytest.raises(BananaError) as error:
        markdown.read(Source("s.md", "---\npage: A55\n---\n## A\n"))
    (hint,) = error.value.diagnostics[0].hints
    assert hint.startswith("did you mean “A5”? Or write A3, A4, A5, A6, B5, letter")


def test_pens_are_words_and_names():
    """`pens` takes a mapping, in its order."""
    assert read('pens: {token: blue, "학습": coral}').settings.pens == (("token", "blue"), ("학습", "coral"))
    with pytest.raises(BananaError) as error:
        read("pens: blue")
    assert error.value.diagnostics[0].message == "“pens” must say words and their pens"
