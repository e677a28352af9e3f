"""Sizes that programs, themes and pages ask for: no number makes a page endless, empty or larger than memory."""

from __future__ import annotations

import contextlib
import math
import time

import msgspec
import pytest

from banana_layout.layout.anatomy import Anatomy
from banana_layout.layout.paper import MARKS, paper_items
from banana_layout.pipeline import diagram_to_pdf, diagram_to_svg, layout, read, to_png, to_svg
from banana_layout.source import BananaError, Source
from banana_layout.theme import scale, theme
from banana_layout.theme.load import load, names, parse

NUMBERS = (math.nan, math.inf, -math.inf, 1e308, -1.0, 0.0, 1e-308, 20_001.0)
"""What is no length, or none that can be drawn."""


@pytest.mark.parametrize("side", ["width", "height"])
@pytest.mark.parametrize("number", NUMBERS)
def test_a_diagram_cannot_be_asked_for_at_any_size(number: float, side: str) -> None:
    """Widths and heights that are no lengths are refused before anything is drawn."""
    for draw in (diagram_to_svg, diagram_to_pdf):
        started = time.process_time()
        with pytest.raises(BananaError):
            draw("flowchart LR\na-->b", **{side: number})  # type: ignore[arg-type]
        assert time.process_time() - started < 5


@pytest.mark.parametrize("number", [math.nan, math.inf, -1.0, 0.0, 1e9, 2400.0])
def test_a_picture_cannot_be_asked_for_at_any_resolution(number: float) -> None:
    """Resolutions that are none, or make a picture beyond 50 megapixels, are refused."""
    with pytest.raises(BananaError):
        to_png(layout(read("# T\n\n## P\n\nx\n")), dpi=number)


@pytest.mark.parametrize("name", names())
def test_the_largest_page_is_drawn_in_every_theme(name: str) -> None:
    """A sheet of five metres has a pattern that can be drawn, however fine the theme's own."""
    wide = 5000 * 72 / 25.4
    started = time.process_time()
    svg = to_svg(layout(read(f"---\npage: 5000mm x 5000mm\ntheme: {name}\n---\n# T\n\n## P\n\nx\n")), plain=True)
    assert len(svg) < 8_000_000
    items, _ = paper_items(wide, wide, load(name), Anatomy.of(wide, wide))
    assert sum(i.path.verbs.count("M") for i in items if hasattr(i, "path")) <= MARKS
    assert time.process_time() - started < 15


TABLES = {"paper": theme.Paper, "hand": theme.Hand, "type": scale.TypeScale, "drawing": theme.Drawing}
VALUES = ("nan", "inf", "-inf", "1e308", "-1", "0", "1e-308", "1", "0.1", "2000", "500", "10", "8")


@pytest.mark.parametrize("table", TABLES)
def test_a_themes_numbers_are_lengths_and_shares(table: str) -> None:
    """Each number of a theme at what nobody would write: refused with its key, or a page in a few seconds."""
    base = load("nano-banana")
    for field in msgspec.structs.fields(TABLES[table]):
        if not isinstance(field.default, float):
            continue
        assert parse(Source("x.toml", with_number(table, field.name, repr(field.default)))).name == base.name
        for value in VALUES:
            started = time.process_time()
            with contextlib.suppress(BananaError):
                made = parse(Source("x.toml", with_number(table, field.name, value)))
                assert made.name == base.name
                svg = to_svg(layout(read("# T\n\n## P\n\n- x **y** `z`\n\n> q\n"), theme=made))
                assert "NaN" not in svg
                assert len(svg) < 8_000_000
            assert time.process_time() - started < 10, (field.name, value)


def with_number(table: str, key: str, value: str) -> str:
    """Return our first theme's file with one number changed."""
    from banana_layout.resources import asset

    head, found, rest = asset("themes/nano-banana.toml").read_text(encoding="utf-8").partition(f"[{table}]\n")
    body, _, more = rest.partition("\n[")
    lines = [line for line in body.split("\n") if not line.startswith(f"{key} =")]
    said = "\n".join([f"{key} = {value}", *lines])
    return f"{head}[{table}]\n{said}" + (f"\n[{more}" if found and more else "")
