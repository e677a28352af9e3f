"""PDF files that strangers hand to `banana preflight`: damaged, endless, larger than memory. Each is answered soon."""

from __future__ import annotations

import io
import random
import time
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream

from banana_layout.pipeline import layout, read, to_pdf
from banana_layout.preflight import check
from banana_layout.preflight.limits import limits
from banana_layout.source import BananaError

PATIENCE = 60.0
"""Seconds that any file may take on a slow machine."""


@pytest.fixture(scope="module")
def sound() -> bytes:
    """A file of ours."""
    return to_pdf(layout(read("---\npage: A6\n---\n# T\n\n## A\n\nx **y**\n")))


def form(pdf: Any, content: bytes, **held: Any) -> Any:
    """Return a form with content."""
    made = Stream(pdf, content)
    made.Type, made.Subtype, made.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    made.Resources = Dictionary(**held)
    return pdf.make_indirect(made)


def draw(pdf: Any, content: bytes, **held: Any) -> None:
    """Make content the first page's only one."""
    pdf.pages[0].Resources = Dictionary(**held)
    pdf.pages[0].Contents = Stream(pdf, content)


def itself(pdf: Any) -> None:
    """A form that draws itself."""
    own = form(pdf, b"/X Do " * 50)
    own.Resources.XObject = Dictionary(X=own)
    draw(pdf, b"/X Do", XObject=Dictionary(X=own))


def pattern_itself(pdf: Any) -> None:
    """A pattern painted with itself."""
    own = Stream(pdf, b"/Pattern cs /P scn 0 0 9 9 re f " * 20)
    own.PatternType, own.PaintType, own.TilingType, own.BBox = 1, 1, 1, Array([0, 0, 9, 9])
    own.XStep = own.YStep = 1
    own = pdf.make_indirect(own)
    own.Resources = Dictionary(Pattern=Dictionary(P=own))
    draw(pdf, b"/Pattern cs /P scn 0 0 99 99 re f", Pattern=Dictionary(P=own))


def glyph_itself(pdf: Any) -> None:
    """A glyph that writes itself."""
    glyph = pdf.make_indirect(Stream(pdf, b"9 0 d0 BT /F 9 Tf (aaaaaaaa) Tj ET"))
    font = pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 9, 9]), FontMatrix=Array([1, 0, 0, 1, 0, 0])
        )
    )
    font.CharProcs, font.Encoding = Dictionary(a=glyph), Dictionary(Differences=Array([97, Name.a]))
    font.FirstChar, font.LastChar, font.Widths = 97, 97, Array([9])
    font.Resources = Dictionary(Font=Dictionary(F=font))
    draw(pdf, b"BT /F 9 Tf (a) Tj ET", Font=Dictionary(F=font))


def mask_itself(pdf: Any) -> None:
    """A soft mask that masks itself."""
    own = form(pdf, b"/G gs 0 0 9 9 re f " * 20)
    state = pdf.make_indirect(Dictionary(SMask=Dictionary(S=Name.Luminosity, G=own)))
    own.Resources.ExtGState = Dictionary(G=state)
    draw(pdf, b"/G gs 0 0 9 9 re f", ExtGState=Dictionary(G=state))


def forms_of_forms(pdf: Any) -> None:
    """Nine forms, each of which draws the next ten times."""
    last = form(pdf, b"0 0 1 1 re f")
    for _ in range(9):
        last = form(pdf, b"/X Do " * 10, XObject=Dictionary(X=last))
    draw(pdf, b"/X Do", XObject=Dictionary(X=last))


def bomb(pdf: Any) -> None:
    """Content of 80 MB in 80 kB."""
    made = Stream(pdf, b"")
    made.write(zlib.compress(b"0 g " * 20_000_000, 1), filter=Name.FlateDecode)
    pdf.pages[0].Contents = made


def nested_bomb(pdf: Any) -> None:
    """The same, packed twice."""
    made = Stream(pdf, b"")
    packed = zlib.compress(zlib.compress(b"0 g " * 20_000_000, 1), 1)
    made.write(packed, filter=Array([Name.FlateDecode, Name.FlateDecode]), decode_parms=Array([None, None]))
    pdf.pages[0].Contents = made


def huge_picture(pdf: Any) -> None:
    """A picture of 10¹² pixels in 100 bytes."""
    made = Stream(pdf, b"\0" * 100)
    made.Type, made.Subtype, made.Width, made.Height = Name.XObject, Name.Image, 10**6, 10**6
    made.ColorSpace, made.BitsPerComponent = Name.DeviceRGB, 8
    draw(pdf, b"100 0 0 100 0 0 cm /I Do", XObject=Dictionary(I=made))


def picture_bomb(pdf: Any) -> None:
    """A picture of one pixel that unpacks to 80 MB."""
    made = Stream(pdf, b"")
    made.write(zlib.compress(b"\0" * 80_000_000, 1), filter=Name.FlateDecode)
    made.Type, made.Subtype, made.Width, made.Height = Name.XObject, Name.Image, 1, 1
    made.ColorSpace, made.BitsPerComponent = Name.DeviceRGB, 8
    draw(pdf, b"100 0 0 100 0 0 cm /I Do", XObject=Dictionary(I=made))


def boxed(*box: Any) -> Callable[[Any], None]:
    """A page with another box."""

    def change(pdf: Any) -> None:
        for key in ("/CropBox", "/TrimBox", "/BleedBox", "/ArtBox"):
            if key in pdf.pages[0]:
                del pdf.pages[0][key]
        pdf.pages[0].MediaBox = Array(list(box))

    return change


def of(content: bytes) -> Callable[[Any], None]:
    """A page of other content."""
    return lambda pdf: draw(pdf, content)


REFUSED: dict[str, tuple[Callable[[Any], None], str]] = {
    "a form that draws itself": (itself, "draws itself"),
    "a pattern that paints itself": (pattern_itself, "draws itself"),
    "a glyph that writes itself": (glyph_itself, "draws itself"),
    "a mask that masks itself": (mask_itself, "draws itself"),
    "forms of forms": (forms_of_forms, "more than 1,000,000 operators"),
    "a million rectangles": (of(b"0 0 1 1 re f " * 501_000), "more than 1,000,000 operators"),
    "50,000 open states": (of(b"q " * 50_000 + b"0 0 1 1 re f"), "more than 1,000 graphics states"),
    "a picture of 10¹² pixels": (huge_picture, "a picture has 1,000,000,000,000 pixels"),
    "a picture that is a bomb": (picture_bomb, "a picture is longer than 64 MB"),
    "a bomb": (bomb, "longer than 64 MB"),
    "a bomb in a bomb": (nested_bomb, "longer than 64 MB"),
    "a page as large as a country": (boxed(0, 0, 10**9, 10**9), "no more than 14,400 pt"),
}
"""What is refused by name."""

ANSWERED: dict[str, Callable[[Any], None]] = {
    "numbers that are none": of(b"1e999 nan 99999999999999999999 0 0 1 cm 0 0 5 5 re f BT /F1 1e30 Tf (x) Tj ET Q Q Q"),
    "operands that are missing": of(b"cm re l c Tf Tj TJ Td gs cs scn Do sh d w BDC EMC EMC ' \" Tm BI ID EI"),
    "500 open states": of(b"q " * 500 + b"0 0 1 1 re f"),
    "arrays in arrays": of(b"[" * 20_000 + b"]" * 20_000 + b" TJ"),
    "a box of names": boxed(Name.A, Name.B, 1, 2),
    "a box of two": boxed(0, 0),
    "a box turned around": boxed(300, 300, 0, 0),
    "a box of no size": boxed(0, 0, 0, 0),
    "content that is a number": lambda pdf: pdf.pages[0].__setitem__("/Contents", 5),
    "resources that are a number": lambda pdf: pdf.pages[0].__setitem__("/Resources", 5),
    "an output intent of noise": lambda pdf: pdf.Root.__setitem__(
        "/OutputIntents", Array([Dictionary(S=Name.GTS_PDFX, DestOutputProfile=Stream(pdf, b"acsp" * 9))])
    ),
    "metadata of noise": lambda pdf: pdf.Root.__setitem__(
        "/Metadata", Stream(pdf, b"<!DOCTYPE x [<!ENTITY a 'b'>]>&a;" * 99)
    ),
}
"""What may be judged or refused, as long as it ends."""


def judged(data: bytes) -> str:
    """Return how preflight answers a file, within its time."""
    started = time.process_time()
    try:
        said = f"{len(check(data, limits('print')))} findings"
    except BananaError as error:
        said = str(error)
    assert time.process_time() - started < PATIENCE
    assert "0x" not in said
    return said


def spoilt(sound: bytes, change: Callable[[Any], None]) -> bytes:
    """Return a file of ours with one thing done to it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(sound)) as pdf:
        change(pdf)
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", REFUSED)
def test_endless_files_are_refused_by_name(name: str, sound: bytes) -> None:
    """What draws itself, asks for more drawing than anyone needs or unpacks beyond memory is refused before pdfium sees it."""
    change, message = REFUSED[name]
    assert message in judged(spoilt(sound, change))


@pytest.mark.parametrize("name", ANSWERED)
def test_damaged_files_are_answered(name: str, sound: bytes) -> None:
    """Values of a wrong type or none give findings or a BananaError."""
    assert judged(spoilt(sound, ANSWERED[name]))


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"%PDF-1.7\n", b"%PDF-1.7\n" + b"<<" * 5000], ids=["empty", "text", "head", "open"]
)
def test_what_is_no_pdf_is_told_without_addresses(data: bytes) -> None:
    """The message names no object in memory, so that it is the same every time."""
    assert judged(data).startswith("error: this is no PDF file that can be read: ")


def test_bytes_that_fell_over_are_answered(sound: bytes) -> None:
    """Forty files with bytes changed, lost and put in are answered all."""
    dice = random.Random(7)
    for _ in range(40):
        data = bytearray(sound)
        for _ in range(dice.choice((1, 3, 10, 60))):
            at = dice.randrange(len(data))
            how = dice.randrange(3)
            if how == 0:
                data[at] = dice.randrange(256)
            elif how == 1:
                del data[at : at + dice.choice((1, 5, 50))]
            else:
                data[at:at] = dice.choice((b"0 ", b"<<", b">>", b"/", b"[", b"endobj", b"9999999999", b"-1 "))
        assert judged(bytes(data))
