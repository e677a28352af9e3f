"""Preflight: our own files pass, and every planted fault is told with its page, place, value and limit."""

from __future__ import annotations

import functools
import io
import sys

import msgspec
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banana_layout.color import Color
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.point import MM
from banana_layout.geometry.rect import Rect
from banana_layout.preflight import check
from banana_layout.preflight.finding import Finding
from banana_layout.preflight.limits import limits
from banana_layout.preflight.report import advice, faults
from banana_layout.render.pdf.document import to_pdf
from banana_layout.render.pdf.preset import PRINT, PRINT_X1A, SCREEN
from banana_layout.scene.item import Group, Image, Path, Scene
from banana_layout.scene.paint import Paint, Stroke
from banana_layout.source import BananaError
from tests.render.scenes import BOOK, INK, SKY, emoji, line, marker, page

PRESETS = {p.name: p for p in (SCREEN, PRINT, PRINT_X1A)}
OFF = 11 * MM
"""From the medium's corner to the trimmed page's: bleed and marks."""


def scene() -> Scene:
    """Return a page with a heading, text, an emoji, a table, a figure, a multiplied marker and lines."""
    cells = [
        Group(f"t/c{i}", (line(f"t/c{i}/l", word, x=40 + 60 * i, y=110),), role="header_cell")
        for i, word in enumerate(("열", "값"))
    ]
    figure = Group(
        "fig", (Path("fig/a", Outline.rect(Rect(180, 120, 60, 40)), fill=SKY, stroke=Stroke(1, INK)),), role="figure",
        alt="하나 → 둘", rect=Rect(180, 120, 60, 40),
    )  # fmt: skip
    panel = Group(
        "panel",
        (
            Group("panel/h", (line("panel/h/l", "제목"),), role="heading", level=2),
            marker("m", 28, 62, 80, 12),
            Group("p", (line("p/l", "본문 text ", "🍌", y=72),), role="paragraph"),
            Group("t", (Group("t/r", tuple(cells), role="row"),), role="table"),
            figure,
        ),
        role="panel",
        rect=Rect(20, 30, 250, 150),
    )
    return page(panel, emoji("e", "🍌", 30, 190), title="표본")


@functools.cache
def made(preset: str) -> bytes:
    """Return the sample page in a preset."""
    return to_pdf([scene()], BOOK, PRESETS[preset])


def changed(preset: str, change) -> bytes:
    """Return the sample page after a change made by pikepdf."""
    with pikepdf.open(io.BytesIO(made(preset))) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def painted(preset: str, operators: str) -> bytes:
    """Return the sample page with operators behind its own; the page's corner, y up, is their origin."""
    text = f"q 1 0 0 1 {OFF} {OFF} cm /Artifact BMC {operators} EMC Q"
    return changed(preset, lambda pdf: pdf.pages[0].contents_add(text.encode()))


def rules(data: bytes, preset: str = "print") -> set[str]:
    """Return the rules a file breaks."""
    return {f.rule for f in check(data, limits(preset))}


@pytest.mark.parametrize("preset", PRESETS)
def test_our_own_files_are_ready(preset):
    """Each preset's file passes its own limits."""
    assert [f.render() for f in check(made(preset), limits(preset))] == []


PAINTED = {
    "color-space": "1 0 0 rg 50 50 20 20 re f",
    "line-width": "0 0 0 1 K 0.1 w 50 50 m 90 50 l S",
    "black-build": "BT /F0 12 Tf .6 .5 .5 1 k 1 0 0 1 60 60 Tm <00010002> Tj ET",
    "type-size": "BT /F0 3 Tf 0 0 0 1 k 1 0 0 1 60 60 Tm <00010002> Tj ET",
    "margin": "BT /F0 12 Tf 0 0 0 1 k 1 0 0 1 2 60 Tm <00010002> Tj ET",
    "contrast": "BT /F0 14 Tf 0 0 .1 .05 k 1 0 0 1 60 60 Tm <00010002> Tj ET",
    "ink": "1 1 1 .5 k 60 60 30 30 re f",
    "bleed": "0 1 0 0 k 60 0 30 30 re f",
}
"""One fault each, as operators."""


@pytest.mark.parametrize("rule", PAINTED)
def test_a_fault_in_what_is_painted_is_found(rule):
    """Colour, line, black, type, margin, contrast, ink and bleed: each planted fault is the only thing told."""
    data = painted("print", PAINTED[rule])
    if rule == "bleed":
        # Without paper that runs over the cut, the shape that ends at the cut shows white beside it.
        data = changed("print", lambda pdf: _alone(pdf, PAINTED[rule]))
    found = [f for f in check(data, limits("print")) if f.rule == rule]
    assert found
    assert found[0].page == 1
    assert found[0].place is not None
    assert found[0].limit is not None
    if rule != "bleed":
        assert rules(data) == {rule}


def _alone(pdf, operators: str) -> None:
    """Leave of a page only some operators."""
    pdf.pages[0].contents_coalesce()
    text = f"/Artifact BMC q 1 0 0 1 {OFF} {OFF} cm {operators} Q EMC"
    pdf.pages[0].obj["/Contents"].write(text.encode())


def test_a_finding_says_where_and_how_much():
    """The place counts from the trimmed page's upper left corner, y down; value and limit bear their unit."""
    (found,) = check(painted("print", "1 1 1 .5 k 60 40 30 20 re f"), limits("print"))
    assert (found.rule, found.value, found.limit, found.unit) == ("ink", 350, 300, "%")
    assert abs(found.place.x - 60) <= 1.5
    assert abs(found.place.y - 140) <= 1.5
    assert abs(found.place.w - 30) <= 2
    assert "page 1 at" in found.render()
    assert found.to_dict()["place"]["h"] == found.place.h


def _element(pdf, tag: str):
    """Return a structure element of a type."""
    return next(o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == tag and "/P" in o)


def _descriptor(pdf):
    """Return a font's descriptor."""
    return next(o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor")


def _annotate(pdf) -> None:
    """Put a link on the page."""
    link = pikepdf.Dictionary(Type=pikepdf.Name("/Annot"), Subtype=pikepdf.Name("/Link"), Rect=[60, 60, 90, 90])
    pdf.pages[0].obj["/Annots"] = pikepdf.Array([pdf.make_indirect(link)])


def _second(pdf) -> None:
    """Add a page of another size."""
    pdf.pages.append(pdf.pages[0])
    pdf.pages[1].obj["/TrimBox"] = pikepdf.Array([31, 31, 200, 200])


def _state(pdf, operators: str, **entries) -> None:
    """Paint in a graphics state of its own."""
    pdf.pages[0].obj["/Resources"]["/ExtGState"]["/Z"] = pikepdf.Dictionary(**entries)
    pdf.pages[0].contents_add(f"q /Artifact BMC /Z gs {operators} EMC Q".encode())


def _clear(pdf) -> None:
    """Paint something half transparent."""
    _state(pdf, "0 1 0 0 k 60 60 20 20 re f", ca=0.5)


def _white(pdf) -> None:
    """Paint white that overprints."""
    _state(pdf, "0 0 0 0 k 60 60 20 20 re f", op=True, OPM=1)


@pytest.mark.parametrize(
    ("rule", "preset", "change"),
    [
        ("boxes", "print", lambda pdf: pdf.pages[0].obj.__delitem__("/TrimBox")),
        ("boxes", "print", lambda pdf: pdf.pages[0].obj.__setitem__("/BleedBox", pikepdf.Array([60, 60, 100, 100]))),
        ("bleed", "print", lambda pdf: pdf.pages[0].obj.__setitem__("/BleedBox", pdf.pages[0].obj["/TrimBox"])),
        ("intent", "print", lambda pdf: pdf.Root.__delitem__("/OutputIntents")),
        ("intent", "print", lambda pdf: pdf.Root["/OutputIntents"][0].__delitem__("/DestOutputProfile")),
        ("metadata", "print", lambda pdf: pdf.Root.__delitem__("/Metadata")),
        ("metadata", "print-x1a", lambda pdf: pdf.docinfo.__delitem__("/GTS_PDFXVersion")),
        ("metadata", "screen", lambda pdf: pdf.Root.__delitem__("/Lang")),
        ("tags", "screen", lambda pdf: pdf.Root.__delitem__("/StructTreeRoot")),
        ("tags", "screen", lambda pdf: _element(pdf, "/Figure").__delitem__("/Alt")),
        ("tags", "screen", lambda pdf: _element(pdf, "/TH").__delitem__("/A")),
        ("tags", "screen", lambda pdf: _element(pdf, "/H1").__setitem__("/S", pikepdf.Name("/H3"))),
        ("tags", "screen", lambda pdf: pdf.pages[0].contents_add(b"0 g 50 50 9 9 re f")),
        ("font", "print", lambda pdf: _descriptor(pdf).__delitem__("/FontFile2")),
        ("file", "screen", lambda pdf: pdf.Root.__setitem__("/OpenAction", pikepdf.Dictionary(S=pikepdf.Name("/URI")))),
        ("annotation", "print", _annotate),
        ("pages", "print", _second),
        ("transparency", "print", lambda pdf: pdf.pages[0].obj.__delitem__("/Group")),
        ("transparency", "print-x1a", _clear),
        ("overprint", "print", _white),
    ],
)
def test_a_fault_in_the_file_is_found(rule, preset, change):
    """What is taken out of a file or put into it is missed or told."""
    assert rule in rules(changed(preset, change), preset)


@pytest.mark.parametrize(
    ("tag", "change", "value", "limit"),
    [
        ("/Figure", lambda e: e.__setitem__("/Alt", " "), "Figure", "Alt"),
        ("/TH", lambda e: e.__delitem__("/A"), "TH", "Scope or Headers"),
        ("/H1", lambda e: e.__setitem__("/S", pikepdf.Name("/H3")), "H3", "H1"),
    ],
)
def test_faults_of_tags_are_told_with_page_value_and_limit(tag, change, value, limit):
    """A figure, a header cell and a heading are found on their page; the figure in its place too."""
    found = [
        f for f in check(changed("print", lambda pdf: change(_element(pdf, tag))), limits("print")) if f.rule == "tags"
    ]
    assert {(f.page, f.value, f.limit) for f in found} == {(1, value, limit)}
    if tag == "/Figure":
        place = found[0].place
        assert [round(v) for v in (place.x, place.y, place.w, place.h)] == [180, 120, 60, 40]


def test_boxes_that_do_not_fit_are_named():
    """The finding says which box leaves which, and where both are."""
    data = changed("print", lambda pdf: pdf.pages[0].obj.__setitem__("/BleedBox", pikepdf.Array([60, 60, 100, 100])))
    (found,) = [f for f in check(data, limits("print")) if f.rule == "boxes"]
    assert (found.value[:7], found.limit) == ("TrimBox", "BleedBox 60 60 100 100")


def test_a_coarse_picture_is_found():
    """A picture of 20 pixels an inch is told with its resolution."""
    from PIL import Image as Pillow

    out = io.BytesIO()
    Pillow.new("RGB", (20, 20), (200, 30, 30)).save(out, "PNG")
    picture = Image("a", Rect(50, 50, 72, 72), out.getvalue(), "image/png")
    (found,) = check(
        to_pdf([page(Group("f", (picture,), role="figure", alt="x"), title="t")], BOOK, PRINT), limits("print")
    )
    assert (found.rule, found.value, found.limit) == ("image-resolution", 20, 300.0)


def test_ink_adds_up_where_paints_multiply():
    """A marker that multiplies onto a dark ground is measured with it."""
    dark = Path("d", Outline.rect(Rect(50, 50, 60, 60)), fill=Paint(Color.parse("#1f5bb5")))
    sheet = page(dark, marker("m", 60, 60, 30, 30), title="t")
    assert rules(to_pdf([sheet], BOOK, PRINT)) == set()
    low = limits("print").__class__("print", printed=True, tagged=True, ink=1.6)
    assert {f.rule for f in check(to_pdf([sheet], BOOK, PRINT), low)} == {"ink"}


def test_a_locked_file_and_no_file_are_told_apart():
    """A password is a finding; bytes that are no PDF are an error."""

    def lock(password: str) -> bytes:
        with pikepdf.open(io.BytesIO(made("print"))) as pdf:
            out = io.BytesIO()
            pdf.save(out, encryption=pikepdf.Encryption(owner="o", user=password))
            return out.getvalue()

    assert rules(lock("u")) == {"encryption"}
    assert "encryption" in rules(lock(""))
    with pytest.raises(BananaError, match="no PDF"):
        check(b"%PDF-1.7\nnothing", limits("print"))


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_broken_files_are_refused_or_judged(data):
    """Whatever bytes are damaged, the check ends with findings or one clear error."""
    whole = bytearray(to_pdf([page(line("l", "글"), title="t")], BOOK, PRINT_X1A))
    for _ in range(data.draw(st.integers(1, 30))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at] = data.draw(st.integers(0, 255))
    said = ""
    try:
        check(bytes(whole), limits("print-x1a"))
    except BananaError as error:
        said = str(error)
    assert not said or "PDF" in said


def test_equal_findings_are_one_line_with_the_worst_value_and_the_first_places():
    """Five hairlines on two pages: counted, the thinnest named, three places said in millimetres, pages once."""
    widths = (0.2, 0.05, 0.1, 0.2, 0.2)
    found = [
        Finding("line-width", "a line is too thin", 1 + (i > 1), Rect(MM * 10 * i - 0.1, 0.0, 5.0, 0.0), w, 0.25, "pt")
        for i, w in enumerate(widths)
    ]
    other = Finding("boxes", "the page does not say where it is cut", 1)
    lines = [f.render() for f in faults([*found, other])]
    assert lines == [
        (
            "line-width: a line is too thin (at worst 0.05 pt, the limit is 0.25 pt), 5 places: "
            "page 1 at 0 × 0 mm, at 10 × 0 mm, page 2 at 20 × 0 mm, …"
        ),
        "boxes: the page does not say where it is cut, page 1",
    ]
    many = faults([msgspec.structs.replace(found[0], count=40), found[1]])
    assert [f.count for f in many] == [41]


def test_a_file_for_another_purpose_is_told_as_such():
    """A screen file judged for print, an X-4 one for X-1a and so on: one hint says what it is, and a print file gets none."""

    def hints(preset: str, purpose: str) -> str:
        held = limits(purpose)
        return " ".join(advice(check(made(preset), held), held))

    assert "for screens" in hints("screen", "print")
    assert "--preset print-x1a" in hints("screen", "print-x1a")
    assert "PDF/X-4" in hints("print", "print-x1a")
    assert "PDF/X-1a" in hints("print-x1a", "print")
    assert hints("print", "print") == ""


def test_no_place_is_minus_nothing_and_nothing_is_left_out_of_the_data():
    """Hundreds of shapes in RGB come as so many findings; no number is -0 in words or data."""
    squares = " ".join(f"1 0 0 rg {20 + i % 40 * 4} {20 + i // 40 * 4} 2 2 re f" for i in range(700))
    found = check(painted("print", squares), limits("print"))
    shapes = [f for f in found if f.rule == "color-space"]
    assert sum(f.count for f in shapes) == 700
    assert len(shapes) == 501
    screen = check(made("screen"), limits("print"))
    assert "-0" not in " ".join(f.render() for f in screen)
    assert all(str(v) != "-0.0" for f in screen if f.place for v in (f.place.x, f.place.y))


def test_without_its_extra_the_message_names_it(monkeypatch):
    """Where pikepdf is not installed, the hint is the command that brings it."""
    monkeypatch.setitem(sys.modules, "pikepdf", None)
    with pytest.raises(BananaError) as told:
        check(b"%PDF-1.7", limits("print"))
    assert told.value.diagnostics[0].hints == ("pip install 'banana-layout[print]'",)


@pytest.mark.parametrize("kind", ["print", "print-x1a"])
def test_the_ink_of_pictures_is_measured_plate_by_plate(kind):
    """A dark photograph held to the limit passes; the same in full ink of all plates, planted, does not."""
    from PIL import Image as Pillow

    out = io.BytesIO()
    Pillow.new("RGB", (400, 400), (4, 2, 30)).save(out, "PNG")
    photo = Image("i", Rect(100, 60, 60, 60), out.getvalue(), "image/png")
    data = to_pdf([page(Group("f", (photo,), role="figure", alt="x"), title="t")], BOOK, PRESETS[kind])
    assert rules(data, kind) == set()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (image,) = pdf.pages[0].obj["/Resources"]["/XObject"].values()
        image.write(b"\xff" * (400 * 400 * 4))
        planted = io.BytesIO()
        pdf.save(planted)
    found = check(planted.getvalue(), limits(kind))
    assert {f.rule for f in found} == {"ink"}
    assert found[0].value >= 390
