"""Themes: the ones that come along are complete and readable, the ones people write are refused with a place and a hint."""

from __future__ import annotations

import msgspec
import pytest

from banana_layout import resources
from banana_layout.color import WHITE, Color
from banana_layout.source import BananaError, Source
from banana_layout.theme.load import load, names, parse

STANDARD = ("blueprint", "chalkboard", "exam-notes", "kraft", "nano-banana", "plain")


def text_of(name):
    return resources.asset(f"themes/{name}.toml").read_text(encoding="utf-8")


def failure(text):
    with pytest.raises(BananaError) as caught:
        parse(Source("mine.toml", text))
    (found,) = caught.value.diagnostics
    return found


def test_names_lists_what_comes_along():
    """The packaged themes are known by name, in order."""
    assert names() == STANDARD


@pytest.mark.parametrize("name", STANDARD)
def test_a_packaged_theme_loads_and_bears_its_file_name(name):
    """Every packaged theme is complete and calls itself what its file is called."""
    assert load(name).name == name


@pytest.mark.parametrize("name", STANDARD)
def test_every_text_colour_reads_on_what_lies_under_it(name):
    """Reading text and pens keep 4.5:1 on paper, tints, markers and notes."""
    theme = load(name)
    paper, ink = theme.paper.color, theme.ink
    washed = paper.mix(WHITE, theme.paper.wash)
    grounds = [("paper", paper), ("washed paper", washed)]
    measured = {f"{role} on {g}": c.contrast(under)
                for role, c in (("ink", ink), ("soft", theme.soft), ("danger", theme.danger), ("go", theme.go))
                for g, under in grounds}  # fmt: skip
    for pair in (*theme.pairs, theme.hero):
        measured |= {f"{pair.name} pen on {g}": pair.pen.contrast(under) for g, under in grounds}
        measured[f"{pair.name} pen on tint"] = pair.pen.contrast(pair.tint)
        measured[f"ink on {pair.name} tint"] = ink.contrast(pair.tint)
        measured[f"ink on {pair.name} marker"] = ink.contrast(pair.marker)
        measured[f"{pair.name} pen in a bubble"] = pair.pen.contrast(theme.clean)
        for other in (*theme.pairs, theme.hero):
            measured[f"{pair.name} pen in code on {other.name} tint"] = pair.pen.contrast(other.tint)
        measured[f"soft on {pair.name} tint"] = theme.soft.contrast(pair.tint)
        measured[f"danger on {pair.name} tint"] = theme.danger.contrast(pair.tint)
    measured["danger on note"] = theme.danger.contrast(theme.note.fill)
    measured["ink on the title's fill"] = ink.contrast(theme.title.fill) if theme.title.style == "two-tone" else 21.0
    measured["ink on note"] = ink.contrast(theme.note.fill)
    measured["note pen on note"] = theme.note.pen.contrast(theme.note.fill)
    measured["ink on note marker"] = ink.contrast(theme.note.marker)
    assert {k: round(v, 2) for k, v in measured.items() if v < 4.5} == {}


def test_nano_banana_has_the_figures_of_the_look():
    """The first theme's contrasts are those the look was designed with."""
    theme = load("nano-banana")
    assert round(theme.ink.contrast(theme.paper.color), 1) == 14.1
    assert {p.name: round(p.pen.contrast(theme.paper.color), 1) for p in (*theme.pairs, theme.hero)} == {
        "coral": 5.4, "blue": 6.4, "green": 5.7, "violet": 6.8, "banana": 6.1,
    }  # fmt: skip


@pytest.mark.parametrize("name", STANDARD)
def test_the_grid_is_quieter_than_any_text(name):
    """The paper's pattern never competes with writing."""
    paper = load(name).paper
    assert paper.line.contrast(paper.color) < 1.7


@pytest.mark.parametrize("name", STANDARD)
def test_the_title_s_outline_parts_letters_from_their_fill(name):
    """Large letters need 3:1 between outline and fill, white ones too; hatched ones against the paper (WCAG 1.4.11)."""
    theme = load(name)
    title = theme.title
    insides = (theme.paper.color,) if title.style == "hatched" else (title.fill, title.deep, WHITE)
    assert min(title.line.contrast(c) for c in insides) > 3


@pytest.mark.parametrize("name", STANDARD)
def test_legends_read_on_what_marks_them(name):
    """A title written into a frame reads on the paper and, where it is marked, on the marker as the theme lays it."""
    theme = load(name)
    if theme.drawing.frame != "legend":
        return
    multiply = theme.blend == "multiply"
    for pair, pen in (*((p, p.pen) for p in theme.pairs), (theme.hero, theme.ink)):
        grounds = [theme.paper.color]
        if theme.drawing.heading == "marker":
            grounds.append(pair.marker.multiplied(theme.paper.color) if multiply else pair.marker)
        assert min(pen.contrast(g) for g in grounds) >= 4.5


@pytest.mark.parametrize("name", STANDARD)
def test_the_mascot_s_face_reads_on_its_peel(name):
    """Eyes and mouth part from the peel."""
    mascot = load(name).mascot
    assert mascot.line.contrast(mascot.fill) > 7


def test_a_margin_s_colour_may_be_left_out_and_is_read_like_any_other():
    """A colour that need not be there is a colour where it is there."""
    assert load("nano-banana").paper.margin is None
    assert load("exam-notes").paper.margin == Color.parse("#f0c8c8")
    found = failure(text_of("exam-notes").replace('margin = "#f0c8c8"', 'margin = "rosa"'))
    assert "paper.margin" in found.message


def test_an_unknown_way_of_drawing_is_refused_at_its_place():
    """A word that is none of a key's is named with the place."""
    found = failure(text_of("nano-banana").replace('frame = "tab"', 'frame = "tag"'))
    assert "drawing.frame" in found.message
    assert "tag" in found.message


def test_plain_has_a_still_hand():
    """The plain theme draws nothing by hand."""
    assert set(msgspec.structs.astuple(load("plain").hand)) == {0.0}


@pytest.mark.parametrize("name", STANDARD)
def test_pairs_are_told_apart_by_name(name):
    """A pair's name means one pair."""
    theme = load(name)
    found = [p.name for p in (*theme.pairs, theme.hero)]
    assert sorted(set(found)) == sorted(found)
    assert theme.pair(found[0]) == theme.pairs[0]
    assert theme.pair("no such pen") is None


def test_an_unknown_theme_is_refused_with_the_nearest_name():
    """A typing slip in a theme's name is answered with the name."""
    with pytest.raises(BananaError) as caught:
        load("nano-bannana")
    assert 'unknown theme "nano-bannana"' in str(caught.value)
    assert 'did you mean "nano-banana"?' in str(caught.value)


def test_an_unknown_key_is_refused_at_its_place():
    """A misspelled key is named with file, line and the key that was perhaps meant."""
    found = failure(text_of("nano-banana").replace('line = "#cfdde6"', 'lines = "#cfdde6"'))
    assert found.message == 'unknown key "paper.lines"'
    assert found.hints[0] == 'did you mean "line"?'
    name, at = found.location()
    assert (name, at.column) == ("mine.toml", 1)
    assert found.source.line_text(at.line) == 'lines = "#cfdde6"'


def test_a_bad_colour_in_a_table_array_is_refused_at_its_place():
    """What is no colour is named by table, index and key."""
    found = failure(text_of("nano-banana").replace('pen = "#1f5bb5"', 'pen = "blau"'))
    assert "pairs[1].pen" in found.message
    assert "'blau' is not a colour" in found.message
    assert found.source.line_text(found.location()[1].line) == 'pen = "blau"'


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('ink = "#2a2933"', "ink = 7", "ink"),
        ('ink = "#2a2933"', 'ink = "#2a29"', "ink"),
        ('ink = "#2a2933"', 'ink = "#zzzzzz"', "ink"),
        ('pattern = "grid"', 'pattern = "gird"', "paper.pattern"),
        ("pitch_mm = 5.0", 'pitch_mm = "wide"', "paper.pitch_mm"),
        ("pitch_mm = 5.0", "pitch_mm = 0.0", "paper.pitch_mm"),
        ("wash = 0.62", "wash = 1.5", "paper.wash"),
        ("wobble = 1.0", "wobble = -1.0", "hand.wobble"),
        ("wobble = 1.0", "wobble = nan", "hand.wobble"),
        ("wobble = 1.0", "wobble = inf", "hand.wobble"),
        ('body = ["gamja", "poor-story"]', "body = []", "faces.body"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_by_key(old, new, said):
    """Every value is checked when the theme is read, not when it is drawn with."""
    text = text_of("nano-banana")
    assert old in text
    found = failure(text.replace(old, new))
    assert f'"{said}"' in found.message
    assert found.source.line_text(found.location()[1].line) == new


def test_a_theme_without_pairs_is_refused():
    """A theme has at least one pair, or no panel could be drawn."""
    head, _, rest = text_of("nano-banana").partition("[[pairs]]")
    found = failure(head.replace("[paper]", "pairs = []\n[paper]") + rest[rest.index("[hero]") :])
    assert '"pairs"' in found.message


def test_a_missing_key_is_named():
    """What a theme leaves out is said."""
    found = failure(text_of("nano-banana").replace('shadow = "#e9dcc0"\n', ""))
    assert found.message == 'the key "title.shadow" is missing'
    assert found.source.line_text(found.location()[1].line) == "[title]"


def test_what_is_no_toml_is_refused_at_its_place():
    """A TOML error has a line and a column."""
    found = failure('name = "x"\nink = \n')
    assert found.message.startswith("not TOML: ")
    assert found.location()[1].line == 2


def test_a_theme_file_is_read_from_below_the_base(tmp_path):
    """A document may bring its own theme."""
    (tmp_path / "my").mkdir()
    text = text_of("plain").replace('name = "plain"', 'name = "mine"').replace('ink = "#2a2933"', 'ink = "#000"')
    (tmp_path / "my" / "theme.toml").write_text(text, encoding="utf-8")
    theme = load("my/theme.toml", tmp_path)
    assert (theme.name, theme.ink) == ("mine", Color(0, 0, 0))


@pytest.mark.parametrize("path", ["../theme.toml", "/etc/theme.toml", "my/../../theme.toml"])
def test_a_theme_file_elsewhere_is_refused(path, tmp_path):
    """Files outside the document's folder stay closed, whether they exist or not."""
    (tmp_path / "theme.toml").write_text(text_of("plain"), encoding="utf-8")
    base = tmp_path / "docs"
    base.mkdir()
    with pytest.raises(BananaError, match="outside the folder"):
        load(path, base)


def test_a_theme_file_is_not_read_where_no_files_may_be():
    """Without a folder there is no reading of files."""
    with pytest.raises(BananaError, match="may not be read"):
        load("theme.toml")


def test_a_missing_or_broken_theme_file_is_one_clear_message(tmp_path):
    """No traceback for a file that is absent, a folder, no text or far too large."""
    (tmp_path / "latin.toml").write_bytes(b'name = "caf\xe9"')
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "large.toml").write_bytes(b"#" * 300_000)
    for name, said in (
        ("absent.toml", "cannot read"),
        ("folder.toml", "cannot read"),
        ("latin.toml", "not UTF-8"),
        ("large.toml", "larger than"),
    ):
        with pytest.raises(BananaError, match=said):
            load(name, tmp_path)


def test_a_theme_nested_too_deep_is_refused():
    """Thousands of brackets are an error that says so, no crash."""
    with pytest.raises(BananaError, match="nested too deep"):
        parse(Source("deep.toml", "a = " + "[" * 20_000 + "]" * 20_000))
