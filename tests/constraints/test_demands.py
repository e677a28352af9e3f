"""Constraints in front matter: read, checked, and errors with a caret where they are broken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from banana_layout import constraints
from banana_layout.cli.main import banana
from banana_layout.model.codec import from_dict, to_dict
from banana_layout.pipeline import layout, read
from banana_layout.source import BananaError

SHEET = "---\nlayout:\n  - 50: [{a: 2}, b]\n  - 50: c\nconstraints:\n%s\n---\n\n## A\n\none\n\n## B\n\ntwo\n\n## C\n\nthree\n"


def sheet(*demands: str) -> str:
    """Return a sheet with demands."""
    return SHEET % "\n".join(f"  - {d}" for d in demands)


@pytest.mark.parametrize(
    "demand",
    [
        "widest: c",
        "tallest: a",
        "min_size: 9",
        "min-size: 9pt",
        "min_line: 0.3",
        "equal_sizes: {panels: [a, b], axis: height}",
        "aligned: {panels: [a, b], edge: top}",
        "aspect: {panel: c, least: 1}",
        "page_count: 1",
        "page_count: {least: 1, most: 3}",
        "safe_area: 5mm",
        "body_uniform: 80%",
        "contrast: 4.5",
        "fill: {least: 0, most: 100%}",
        "nothing_lost",
        "text-disjoint",
        *(c.name.replace("-", "_") for c in constraints.STANDARD),
    ],
)
def test_demands_that_hold_change_nothing(demand: str) -> None:
    """Every form is understood, with underscores or hyphens, and a page that keeps it is laid out."""
    document = read(sheet(demand))
    assert layout(document).pages
    assert len(document.settings.constraints) == 1


@pytest.mark.parametrize(
    ("demand", "message"),
    [
        ("widest: b", 'widest: "c" is 369.6 pt more wide than "b"'),
        ("equal_sizes: [a, b]", 'equal-sizes: the width of "b" is '),
        ("min_size: 40", "pt, below 40 pt"),
        ("page_count: 2", "page-count: the document has 1 pages, not 2"),
        ("aspect: {panel: b, least: 9}", "times as wide as high, below 9"),
    ],
)
def test_broken_demands_are_errors(demand: str, message: str) -> None:
    """What does not hold stops the work, with the place it concerns."""
    with pytest.raises(BananaError) as caught:
        layout(read(sheet(demand)))
    assert message in caught.value.diagnostics[0].message
    assert all(d.span is not None for d in caught.value.diagnostics)
    assert "^" in str(caught.value)


@pytest.mark.parametrize(
    ("demand", "hint"),
    [
        ("wides: a", "did you mean “widest”?"),
        ("widest: aa", "did you mean “a”?"),
        ("widest", "write “widest: panel-id”"),
        ("min_size: large", "write “min_size: 10”"),
        ("nothing_lost: 3", "write “nothing_lost”"),
        ("aligned: {panels: [a, b], edge: upper}", "write “aligned: {panels: [one, another], edge: top}”"),
        ("equal_sizes: [a]", "write “equal_sizes: [one, another]”"),
        ("widest: [a, b]", "write “widest: panel-id”"),
        ("safe_area: -5mm", "write “safe_area: 5mm”"),
        ("min_size: .nan", "write “min_size: 10”"),
        ("page_count: 0.5", "write “page_count: 1”"),
        ("page_count: {least: 3, most: 2}", "write “page_count: 1”"),
        ("aspect: {panel: a, least: 5, most: 1}", "write “aspect: {panel: panel-id, least: 1, most: 2}”"),
        ("fill: {least: 90%, most: 10%}", "write “fill: {least: 40%, most: 100%}”"),
    ],
)
def test_demands_that_make_no_sense_are_refused(demand: str, hint: str) -> None:
    """Unknown names, panels and values are errors at their place with what was probably meant."""
    with pytest.raises(BananaError) as caught:
        layout(read(sheet(demand)))
    (found,) = caught.value.diagnostics
    assert found.hints == (hint,)
    assert found.location() is not None


def test_a_list_is_asked_for() -> None:
    """Constraints that are no list, or hold lists in lists, are refused where they stand."""
    for text in ("constraints: yes", "constraints: [[a]]", "constraints: [{widest: [[a]]}]"):
        with pytest.raises(BananaError, match=r"constraint"):
            read(f"---\n{text}\n---\n\n# T\n")


def test_demands_travel_through_json() -> None:
    """A document's demands survive the way through data."""
    document = read(sheet("widest: c", "aspect: {panel: c, least: 1}"))
    back = from_dict(to_dict(document)).settings.constraints
    assert [(w.name, w.values, w.options) for w in back] == [
        ("widest", ("c",), ()),
        ("aspect", (), (("panel", "c"), ("least", "1"))),
    ]


def test_every_name_there_is_can_be_written() -> None:
    """The names a front matter may use are the standard set's and those that take values."""
    assert {c.name.replace("-", "_") for c in constraints.STANDARD} < set(constraints.names())


def test_the_command_line_draws_what_is_broken(tmp_path: Path) -> None:
    """`banana check -o` fails with exit code 1, carets and a picture that frames the violation."""
    source, picture = tmp_path / "sheet.md", tmp_path / "picture.svg"
    source.write_text(sheet("widest: b", "min_size: 10"), encoding="utf-8")
    done = CliRunner().invoke(banana, ["check", str(source), "-o", str(picture)])
    assert done.exit_code == 1
    assert f"{source}:14:1: error: widest: " in done.output
    assert "  ## B\n  ^^^^" in done.output
    assert 'hint: give "b" a larger weight, or a row of its own' in done.output
    svg = picture.read_text(encoding="utf-8")
    assert "#c81e1e" in svg
    told = json.loads(CliRunner().invoke(banana, ["check", str(source), "--json"]).stdout)
    assert [(v["constraint"], v["panel"], v["line"]) for v in told["violations"]] == [("widest", "b", 14)]
    assert set(told["violations"][0]["rects"][0]) == {"x", "y", "w", "h"}


def test_a_sheet_that_holds_is_drawn_unmarked(tmp_path: Path) -> None:
    """Without violations the picture is the page itself and the exit code 0."""
    source, picture = tmp_path / "sheet.md", tmp_path / "picture.svg"
    source.write_text(sheet("widest: c"), encoding="utf-8")
    done = CliRunner().invoke(banana, ["check", str(source), "-o", str(picture)])
    assert done.exit_code == 0
    assert "violations" not in picture.read_text(encoding="utf-8")
