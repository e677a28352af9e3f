"""Print options: what each does to the file."""

from __future__ import annotations

import io

import msgspec
import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banana_layout.color import BLACK, WHITE, Color
from banana_layout.geometry.affine import Affine
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.point import MM
from banana_layout.geometry.rect import Rect
from banana_layout.pipeline import layout, read, to_pdf
from banana_layout.preflight import check
from banana_layout.preflight.limits import limits
from banana_layout.render.pdf.document import to_pdf as render_pdf
from banana_layout.render.pdf.inks import FOGRA39, PressInks
from banana_layout.render.pdf.preset import PRINT, PRINT_X1A, Press, preset
from banana_layout.resources import asset
from banana_layout.scene.item import Group, Image, Path
from banana_layout.scene.paint import Paint, Stroke
from banana_layout.source import BananaError
from tests.render.scenes import BOOK, INK, RED, line, marker, page

colors = st.builds(Color, *[st.floats(0, 1)] * 3)


def sample(**options) -> bytes:
    """Return a page printed with options."""
    sheet = page(line("l", "검은 글 black"), marker("m", 30, 60, 60, 12), title="t")
    return render_pdf([sheet], BOOK, preset("print", Press(**options)))


def operators(data: bytes, *wanted: str) -> list[tuple[str, tuple[float, ...]]]:
    """Return a page's operators of some kinds with their numbers."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = pikepdf.parse_content_stream(pdf.pages[0])
        return [(str(i.operator), tuple(float(v) for v in i.operands)) for i in found if str(i.operator) in wanted]


@settings(max_examples=150, deadline=None)
@given(colors, st.floats(1.0, 4.0), st.booleans())
def test_no_colour_takes_more_ink_than_allowed(color, limit, text):
    """Every colour stays within the limit, in whole percents, and never has stray dots below two."""
    inks = PressInks(Press(ink_limit=limit)).cmyk(color, text=text)
    assert sum(inks) <= max(limit, 1.0) + 0.011
    assert all(v == 0 or 0.019 <= v <= 1 for v in inks)


@given(st.floats(0, 1))
@settings(max_examples=60, deadline=None)
def test_greys_are_black_ink_alone_and_darker_ones_take_more(value):
    """A neutral colour has no coloured ink, and the scale of greys never turns back."""
    inks = PressInks(Press())
    one, darker = inks.cmyk(Color(value, value, value)), inks.cmyk(Color(*[0.8 * value] * 3))
    assert one[:3] == (0, 0, 0)
    assert darker.k >= one.k - 0.011
    assert (inks.cmyk(WHITE), inks.cmyk(BLACK)) == ((0, 0, 0, 0), (0, 0, 0, 1))


def test_dark_paper_keeps_its_colour_and_dark_text_is_black():
    """A board stays green; text of nearly the same colour is printed in black alone."""
    inks = PressInks(Press())
    board = Color.parse("#21392f")
    assert inks.cmyk(board).c > 0.3
    assert inks.cmyk(board, text=True) == (0, 0, 0, 1)
    assert inks.cmyk(Color.parse("#2a2933")) == (0, 0, 0, 1)


def test_black_text_overprints_and_nothing_else_does():
    """Overprinting is on for black text alone, off again after it, and off altogether where it is not wanted."""

    def modes(data: bytes) -> list[bool]:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            states = pdf.pages[0].obj["/Resources"]["/ExtGState"]
            now, out = False, []
            for i in pikepdf.parse_content_stream(pdf.pages[0]):
                if str(i.operator) == "gs":
                    now = bool(states[str(i.operands[0])].get("/op", False))
                elif str(i.operator) in ("TJ", "f"):
                    out.append((str(i.operator), now))
            return out

    assert modes(sample()) == [("f", False), ("TJ", True), ("f", False)]
    assert {on for _, on in modes(sample(overprint=False))} == {False}


def test_grey_prints_black_ink_alone():
    """No operator asks for another ink, and a red shape is grey."""
    sheet = page(Path("p", Outline.rect(Rect(30, 30, 40, 40)), fill=RED), title="t")
    data = render_pdf([sheet], BOOK, preset("print", Press(grey=True, bars=True)))
    found = operators(data, "k", "K")
    assert found
    assert all(v[:3] == (0, 0, 0) for _, v in found)


def test_bleed_marks_and_slug_take_their_room():
    """The medium grows by bleed and marks; without marks it ends at the bleed."""

    def box(data: bytes, name: str) -> list[float]:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return [round(float(v) / MM, 1) for v in pdf.pages[0].obj[name]]

    assert box(sample(), "/TrimBox")[:2] == [11.0, 11.0]
    assert box(sample(bleed=5 * MM), "/BleedBox")[:2] == [8.0, 8.0]
    bare = sample(marks=False)
    assert box(bare, "/MediaBox") == box(bare, "/BleedBox")
    assert len(sample(slug="Auftrag 42")) > len(sample())


def test_crop_marks_stand_outside_the_bleed():
    """No mark touches what is printed, whatever is asked for."""
    data = sample(registration=True, bars=True, slug="job 1 · 추론")
    assert check(data, limits("print")) == ()
    document = pypdfium2.PdfDocument(data)
    picture = document[0].render(scale=2, draw_annots=False).to_pil().convert("L")
    document.close()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        bleed = [float(v) * 2 for v in pdf.pages[0].obj["/BleedBox"]]
    inside = picture.crop(
        [round(v) for v in (bleed[0] + 1, picture.height - bleed[3] + 1, bleed[2] - 1, picture.height - bleed[1] - 1)]
    )
    edge = inside.crop((0, 0, inside.width, 8))
    assert edge.getextrema()[0] > 240
    assert picture.crop((0, 0, picture.width, round(picture.height - bleed[3]) - 2)).getextrema()[0] < 120


def test_outlined_text_needs_no_font_and_looks_the_same():
    """No font is in the file; the picture hardly changes."""
    live, drawn = sample(), sample(outline_text=True)
    assert b"/FontFile2" in live + b"".join(_bodies(live))
    assert b"/FontFile2" not in drawn + b"".join(_bodies(drawn))
    assert operators(drawn, "TJ", "Tj") == []
    shown = []
    for data in (live, drawn):
        document = pypdfium2.PdfDocument(data)
        shown.append(document[0].render(scale=1).to_pil().convert("L"))
        document.close()
    from PIL import ImageChops, ImageStat

    assert ImageStat.Stat(ImageChops.difference(*shown)).mean[0] < 0.6


def _bodies(data: bytes) -> list[bytes]:
    """Return a file's objects as they are written."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [o.unparse(resolved=True) for o in pdf.objects if not isinstance(o, pikepdf.Stream)]


def test_a_pen_of_its_own_ink_is_a_separation():
    """A theme's pen with a spot colour prints in that ink, with a stand-in in the four; other presets do not know it."""
    text = "---\ntheme: plain\n---\n# T\n\n## a\n\n- one\n- two\n"
    laid = layout(read(text))
    pairs = tuple(msgspec.structs.replace(p, spot="PANTONE 116 C") for p in laid.theme.pairs[:1]) + laid.theme.pairs[1:]
    laid = msgspec.structs.replace(laid, theme=msgspec.structs.replace(laid.theme, pairs=pairs))
    with pikepdf.open(io.BytesIO(to_pdf(laid, "print"))) as pdf:
        spaces = pdf.pages[0].obj["/Resources"]["/ColorSpace"]
        ((name, space),) = spaces.items()
        used = {
            str(i.operands[0]) for i in pikepdf.parse_content_stream(pdf.pages[0]) if str(i.operator) in ("cs", "CS")
        }
    assert (str(space[0]), str(space[1]), str(space[2])) == ("/Separation", "/PANTONE 116 C", "/DeviceCMYK")
    assert used == {name}
    assert max(float(v) for v in space[3]["/C1"]) > 0.5
    assert check(to_pdf(laid, "print"), limits("print")) == ()
    assert b"PANTONE" not in b"".join(_bodies(to_pdf(laid)))


def test_pictures_become_inks():
    """A photograph is on four plates, a grey one on black; clear parts are flattened in PDF/X-1a."""
    from PIL import Image as Pillow

    def encoded(mode: str, colour, kind: str = "PNG") -> bytes:
        out = io.BytesIO()
        Pillow.new(mode, (400, 400), colour).save(out, kind)
        return out.getvalue()

    def spaces(*pictures: bytes, kind=PRINT) -> list[tuple[str, bool]]:
        items = [
            Image(f"i{n}", Rect(20 + 80 * n, 20, 60, 60), p, "image/jpeg" if p[:2] == b"\xff\xd8" else "image/png")
            for n, p in enumerate(pictures)
        ]
        data = render_pdf([page(Group("f", tuple(items), role="figure", alt="x"), title="t")], BOOK, kind)
        assert check(data, limits(kind.name)) == ()
        with pikepdf.open(io.BytesIO(data)) as pdf:
            found = [o for _, o in sorted(pdf.pages[0].obj["/Resources"]["/XObject"].items())]
            return [(str(o["/ColorSpace"]), "/SMask" in o) for o in found]

    red, grey = encoded("RGB", (200, 30, 30)), encoded("L", 90)
    assert spaces(red, grey, encoded("RGB", (9, 99, 9), "JPEG")) == [
        ("/DeviceCMYK", False),
        ("/DeviceGray", False),
        ("/DeviceCMYK", False),
    ]
    clear = encoded("RGBA", (200, 30, 30, 90))
    assert spaces(clear) == [("/DeviceCMYK", True)]
    assert spaces(clear, kind=PRINT_X1A) == [("/DeviceCMYK", False)]


def test_only_the_condition_that_comes_along_is_a_registered_one():
    """FOGRA39 names the registry it stands in."""
    with pikepdf.open(io.BytesIO(sample())) as pdf:
        found = {(str(i["/OutputConditionIdentifier"]), str(i["/RegistryName"])) for i in pdf.Root["/OutputIntents"]}
    assert found == {("FOGRA39", "http://www.color.org")}


def test_another_profile_is_named_and_carried():
    """A profile given by its bytes is the output intent's, under its own name or the one given."""
    profile = asset(FOGRA39).read_bytes()
    with pikepdf.open(io.BytesIO(sample(profile=profile, condition="House press"))) as pdf:
        intents = list(pdf.Root["/OutputIntents"])
        assert [str(i["/S"]) for i in intents] == ["/GTS_PDFX", "/GTS_PDFA1"]
        assert {str(i["/OutputConditionIdentifier"]) for i in intents} == {"House press"}
        assert all("/RegistryName" not in i for i in intents)
        assert intents[0]["/DestOutputProfile"].read_bytes() == profile
        assert intents[0]["/DestOutputProfile"].objgen == intents[1]["/DestOutputProfile"].objgen


@pytest.mark.parametrize(
    ("name", "press"),
    [("screen", Press()), ("offset", None), ("print", Press(bleed=-1)), ("print", Press(ink_limit=5.0))],
)
def test_impossible_wishes_are_refused(name, press):
    """Options that do not go with a preset or are out of range are told."""
    with pytest.raises(BananaError):
        preset(name, press)


def test_a_profile_that_is_none_is_refused():
    """Bytes that are no profile, and a screen's profile, are told."""
    for profile in (b"nonsense", asset("icc/sRGB2014.icc").read_bytes(), b"x" * 16 + b"CMYK" + b"x" * 200):
        with pytest.raises(BananaError, match="profile"):
            sample(profile=profile)


@pytest.mark.parametrize("theme", ["nano-banana", "blueprint", "exam-notes"])
def test_the_pattern_of_the_paper_runs_into_the_bleed(theme):
    """Outside the cut the grid, the rules and the line down the margin go on: no side of the bleed's edge is plain paper."""
    laid = layout(read(f"---\npage: A6\ntheme: {theme}\n---\n# T\n\n## a\n\nb\n"))
    document = pypdfium2.PdfDocument(to_pdf(laid, preset("print", Press(marks=False))))
    picture = document[0].render(scale=4).to_pil().convert("L")
    document.close()
    wide, (w, h) = round(2.6 * MM * 4), picture.size
    # Each strip leaves the corners out, which other sides' lines cross.
    strips = {
        "left": (0, 2 * wide, wide, h - 2 * wide),
        "top": (2 * wide, 0, w - 2 * wide, wide),
        "right": (w - wide, 2 * wide, w, h - 2 * wide),
        "bottom": (2 * wide, h - wide, w - 2 * wide, h),
    }
    for side, strip in strips.items():
        low, high = picture.crop(strip).getextrema()
        assert high - low > 8, side


def test_flattened_markers_lie_under_the_ink_as_tint():
    """In PDF/X-1a a multiplied marker is its opaque stand-in, and the page looks nearly the same."""
    sheet = page(marker("m", 30, 40, 80, 14), line("l", "글 text"), title="t")
    found = []
    for kind in (PRINT, PRINT_X1A):
        document = pypdfium2.PdfDocument(render_pdf([sheet], BOOK, kind))
        found.append(document[0].render(scale=1).to_pil().convert("RGB"))
        document.close()
    from PIL import ImageChops, ImageStat

    assert max(ImageStat.Stat(ImageChops.difference(*found)).mean) < 1.0
    opaque = Paint(RED.color, 0.5)
    half = page(Group("g", (Path("p", Outline.rect(Rect(30, 30, 40, 40)), fill=opaque),), opacity=0.5), title="t")
    assert rules(render_pdf([half], BOOK, PRINT_X1A)) == set()


def rules(data: bytes) -> set[str]:
    """Return the rules of PDF/X-1a a file breaks."""
    return {f.rule for f in check(data, limits("print-x1a"))}


def test_no_line_is_thinner_than_a_press_holds():
    """Hairlines become 0.25 pt, in a page made smaller too; screens keep them thin."""
    hair = Path("h", Outline.line(30, 30, 90, 30), stroke=Stroke(0.05, INK, cap="butt"))
    small = Group("s", (hair,), transform=Affine.scale(0.3).then(Affine.translate(30, 90)))
    sheet = page(hair, small, title="t")
    assert check(render_pdf([sheet], BOOK, PRINT), limits("print")) == ()
    widths = [v[0] for _, v in operators(render_pdf([sheet], BOOK), "w")]
    assert widths == [0.05]


def test_what_is_clipped_away_is_not_judged():
    """Text outside its clip does not stand too near to the cut."""
    window = Outline.rect(Rect(60, 60, 100, 60))
    sheet = page(Group("c", (line("l", "far off", x=-4), line("m", "inside", x=70, y=90)), clip=window), title="t")
    assert check(render_pdf([sheet], BOOK, PRINT), limits("print")) == ()
    bare = page(line("l", "far off", x=-4), title="t")
    assert {f.rule for f in check(render_pdf([bare], BOOK, PRINT), limits("print"))} == {"margin"}


def test_registration_marks_are_on_every_plate():
    """On all four; on an ink of its own too, by the colour All; on black alone where everything is grey."""
    red = Path("p", Outline.rect(Rect(30, 30, 40, 40)), fill=RED)

    def marks(**options) -> tuple[list, dict]:
        data = render_pdf([page(red, title="t")], BOOK, preset("print", Press(registration=True, **options)))
        with pikepdf.open(io.BytesIO(data)) as pdf:
            spaces = {str(v[1]) for v in pdf.pages[0].obj["/Resources"].get("/ColorSpace", {}).values()}
            found = [i for i in pikepdf.parse_content_stream(pdf.pages[0]) if str(i.operator) in ("K", "CS")]
            return [" ".join(map(str, i.operands)) for i in found], spaces

    assert marks() == (["0 0 0 1", "1 1 1 1"], set())
    assert marks(spots=((RED.color, "PANTONE 485 C"),)) == (["0 0 0 1", "/All"], {"/All", "/PANTONE 485 C"})
    assert set(marks(grey=True)[0]) == {"0 0 0 1"}


def test_grey_bars_are_patches_of_black_alone():
    """Full tone and half tone of black, nothing else."""
    data = render_pdf([page(title="t")], BOOK, preset("print", Press(grey=True, bars=True, marks=False)))
    assert [v for _, v in operators(data, "k")][:2] == [(0, 0, 0, 1), (0, 0, 0, 0.5)]
    assert all(v[:3] == (0, 0, 0) for _, v in operators(data, "k"))


def test_profiles_are_refused_with_their_reason():
    """A screen's profile, one that is cut off, none at all, and one too new for PDF/X-1a: each says what it is."""
    fogra = asset(FOGRA39).read_bytes()
    reasons = {
        asset("icc/sRGB2014.icc").read_bytes(): "it is for RGB colours",
        fogra[:3000]: "it is damaged",
        b"nonsense": "it is no ICC profile",
        fogra[:12] + b"link" + fogra[16:]: "it describes no printing process",
    }
    for profile, reason in reasons.items():
        with pytest.raises(BananaError, match=reason):
            sample(profile=profile)
    newer = fogra[:8] + b"\x04" + fogra[9:]
    with pytest.raises(BananaError, match="of version 4"):
        preset("print-x1a", Press(profile=newer))
    assert preset("print", Press(profile=newer)).press is not None


def test_profiles_are_packed_by_differences_and_read_the_same():
    """The press's profile takes less than 80 kB in the file, and is byte for byte what came along, in every reader's decoding."""
    data = sample()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        profile = pdf.Root["/OutputIntents"][0]["/DestOutputProfile"]
        assert profile["/DecodeParms"]["/Predictor"] == 15
        assert len(profile.read_raw_bytes()) < 80_000
        assert profile.read_bytes() == asset(FOGRA39).read_bytes()
    with pikepdf.open(io.BytesIO(render_pdf([page(title="t")], BOOK))) as pdf:
        assert (
            pdf.Root["/OutputIntents"][0]["/DestOutputProfile"].read_bytes() == asset("icc/sRGB2014.icc").read_bytes()
        )


def test_patches_keep_off_the_registration_mark():
    """On a small page patches are smaller: all stand left of the mark in the middle."""
    data = sample(registration=True, bars=True)
    boxes = [v for _, v in operators(data, "re") if v[2] == v[3]]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        trim = [float(v) for v in pdf.pages[0].obj["/TrimBox"]]
    assert len(boxes) == 11
    assert max(x + w for x, _, w, _ in boxes) < (trim[2] - trim[0]) / 2 - 3 * MM


def test_a_slug_line_is_written_whole_or_refused():
    """A long line is set smaller, never cut; one that could not be read is told."""
    shapes = [len([o for o in operators(sample(slug="m" * n), "f") if o]) for n in (1, 20, 40)]
    assert [n - shapes[0] for n in shapes[1:]] == [19, 39]
    with pytest.raises(BananaError, match="500 characters, and there is room for about"):
        sample(slug="m" * 500)
