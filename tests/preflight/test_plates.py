"""Ink is measured on every plate, however a file names its colours; odd but ordinary files are judged, not refused."""

from __future__ import annotations

import io

import pikepdf
import pytest

from banana_layout.preflight import check
from banana_layout.preflight.limits import limits
from banana_layout.render.pdf.inks import FOGRA39
from banana_layout.resources import asset
from tests.preflight.test_preflight import OFF, changed

HALF = "{dup 0.5 mul exch dup 0.5 mul exch dup 0.5 mul exch 0.5 mul}"
"""A tint's stand-in: half as much of each of the four."""


def _icc(pdf):
    """Return a colour space of four inks by their profile."""
    profile = pdf.make_stream(asset(FOGRA39).read_bytes())
    profile["/N"] = 4
    return pikepdf.Array([pikepdf.Name("/ICCBased"), profile])


def _spot(pdf, *names: str):
    """Return the colour space of one ink or several by their names."""
    function = pdf.make_stream(HALF.encode() if len(names) == 1 else b"{pop " + HALF[1:].encode())
    function["/FunctionType"] = 4
    function["/Domain"], function["/Range"] = pikepdf.Array([0, 1] * len(names)), pikepdf.Array([0, 1] * 4)
    said = [pikepdf.Name("/" + name) for name in names]
    if len(said) == 1:
        return pikepdf.Array([pikepdf.Name("/Separation"), said[0], pikepdf.Name("/DeviceCMYK"), function])
    return pikepdf.Array([pikepdf.Name("/DeviceN"), pikepdf.Array(said), pikepdf.Name("/DeviceCMYK"), function])


def _gradient(colours: str, *ends: list[float]):
    """Return a gradient across the page."""
    function = pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], C0=ends[0], C1=ends[1], N=1)
    return pikepdf.Dictionary(
        ShadingType=2, ColorSpace=pikepdf.Name(colours), Coords=[60, 0, 160, 0], Function=function,
        Extend=[True, True],
    )  # fmt: skip


def drawn(operators: str, spaces=(), shadings=(), patterns=()) -> bytes:
    """Return the sample page with nothing on it but something drawn in colour spaces and gradients of its own."""

    def change(pdf) -> None:
        held = pdf.pages[0].obj["/Resources"]
        held["/ColorSpace"] = pikepdf.Dictionary({f"/C{i}": make(pdf) for i, make in enumerate(spaces)})
        held["/Shading"] = pikepdf.Dictionary({f"/S{i}": one for i, one in enumerate(shadings)})
        held["/Pattern"] = pikepdf.Dictionary({f"/P{i}": make(pdf) for i, make in enumerate(patterns)})
        pdf.pages[0].contents_coalesce()
        text = f"q 1 0 0 1 {OFF} {OFF} cm /Artifact BMC {operators} EMC Q"
        pdf.pages[0].obj["/Contents"].write(text.encode())

    return changed("print", change)


def inks(data: bytes, least: float) -> list[float]:
    """Return how much ink is found where there is more than so much."""
    held = limits("print").__class__("print", printed=True, tagged=True, ink=least)
    return [f.value for f in check(data, held) if f.rule == "ink"]


BOX = "60 60 30 30 re f"


@pytest.mark.parametrize(
    ("operators", "spaces", "wanted"),
    [
        (f"/C0 cs .9 .8 .7 .6 scn {BOX}", (_icc,), 300),
        (f"/C0 cs {BOX}", (_icc,), 100),
        (f"/C0 cs 1 scn {BOX}", (lambda pdf: _spot(pdf, "PANTONE 151 C"),), 100),
        (f"/C0 cs 1 scn {BOX}", (lambda pdf: _spot(pdf, "All"),), 400),
        (f"/C0 cs 1 scn {BOX}", (lambda pdf: _spot(pdf, "Magenta"),), 100),
        (f"/C0 cs 1 .5 scn {BOX}", (lambda pdf: _spot(pdf, "PANTONE 151 C", "Black"),), 150),
        (f"/DeviceGray cs .5 scn {BOX}", (), 50),
        (f"0 0 0 1 k q 1 1 0 0 k Q {BOX}", (), 100),
    ],
)
def test_ink_is_counted_on_the_plate_it_is_for(operators, spaces, wanted):
    """Inks by profile, by name and by several names count as much as their plates take, not as much as their stand-ins show."""
    data = drawn(operators, spaces)
    assert inks(data, wanted / 100 - 0.1) == [pytest.approx(wanted, abs=3)]


def test_what_sets_no_colour_is_black_alone():
    """The colour a page begins with takes one ink."""
    assert inks(drawn(BOX), 0.9) == [pytest.approx(100, abs=2)]


def test_gradients_are_told_apart_by_plate_and_space():
    """A gradient of too much ink is found with its value; one in a screen's colours is found as such, in a pattern too."""
    heavy = _gradient("/DeviceCMYK", [1, 1, 0, 0], [1, 1, 1, 0.8])
    clip = "60 60 100 30 re W n"
    assert inks(drawn(f"{clip} /S0 sh", shadings=(heavy,)), 3.0) == [pytest.approx(378, abs=4)]
    screen = _gradient("/DeviceRGB", [1, 0, 0], [0, 0, 1])
    (found,) = check(drawn(f"{clip} /S0 sh", shadings=(screen,)), limits("print"))
    assert (found.rule, found.value, round(found.place.x), round(found.place.w)) == (
        "color-space",
        "DeviceRGB",
        60,
        100,
    )

    def tiles(pdf):
        made = pdf.make_stream(b"1 0 0 rg 0 0 5 5 re f")
        for key, value in {"PatternType": 1, "PaintType": 1, "TilingType": 1, "XStep": 9, "YStep": 9}.items():
            made["/" + key] = value
        made["/BBox"], made["/Resources"] = pikepdf.Array([0, 0, 9, 9]), pikepdf.Dictionary()
        return made

    def shaded(pdf):
        return pikepdf.Dictionary(PatternType=2, Shading=screen)

    for make in (tiles, shaded):
        found = check(drawn(f"/Pattern cs /P0 scn {BOX}", patterns=(make,)), limits("print"))
        assert ("color-space", "DeviceRGB") in [(f.rule, f.value) for f in found]


def test_a_turned_page_is_measured_where_it_lies():
    """The place of too much ink on a page shown turned is the one the file names."""
    plain = drawn(f"1 1 1 .5 k {BOX}")
    with pikepdf.open(io.BytesIO(plain)) as pdf:
        pdf.pages[0].obj["/Rotate"] = 90
        out = io.BytesIO()
        pdf.save(out)
    places = [[f.place for f in check(data, limits("print")) if f.rule == "ink"] for data in (plain, out.getvalue())]
    assert places[0] == places[1]
    assert len(places[0]) == 1


def test_odd_but_ordinary_files_are_judged():
    """A file without pages, a page without content and boxes from the upper right corner have findings, no refusal."""

    def said(change) -> list[str]:
        return [f.message for f in check(changed("print", change), limits("print"))]

    def turned(pdf) -> None:
        pdf.pages.append(pdf.pages[0])
        for key in ("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox"):
            x0, y0, x1, y1 = pdf.pages[0].obj[key]
            pdf.pages[0].obj[key] = pikepdf.Array([x1, y1, x0, y0])

    assert "the file has no page" in said(lambda pdf: pdf.pages.__delitem__(0))
    assert "the page is empty" in said(lambda pdf: pdf.pages[0].obj.__delitem__("/Contents"))
    assert said(turned) == []
