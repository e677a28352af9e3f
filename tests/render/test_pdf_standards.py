"""Standards, judged from outside: veraPDF's engine, qpdf, poppler, mupdf, pdfium, Ghostscript. Each judge is also shown a fault."""

from __future__ import annotations

import functools
import io
import re
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from banana_layout.pipeline import layout, read, to_pdf
from banana_layout.preflight import check
from banana_layout.preflight.limits import limits
from banana_layout.render.pdf.document import to_pdf as render_pdf
from banana_layout.render.pdf.preset import PRESETS, Press, preset
from banana_layout.resources import asset
from banana_layout.scene.item import Group
from tests.render.judges import colours, failures, pdf_x_faults, plates, program, vera
from tests.render.scenes import BOOK, line, page

SAMPLES = ("inference", "inference-overview")
BRIEFS = ("reference-branching", "reference-inference")
NAMED = (*SAMPLES, *BRIEFS)
CASES = Path(__file__).parents[1] / "cases/briefs"
STANDARDS = {"screen": "2a,ua1", "print": "2a,ua1", "print-x1a": "1b"}
"""What veraPDF's engine judges in each preset."""
BLOCKS = (
    "A paragraph with **strong**, *soft*, `code`, ~~struck~~ and ==marked== words, and a [link](https://example.org).",
    "한글 문단에 **굵은** 말과 English words, 그리고 🍌 이모지.",
    "- one\n- two\n  - deeper\n  - 둘째\n- three",
    "1. first\n2. second\n3. third",
    "- [x] done\n- [ ] open",
    "| a | b |\n|---|--:|\n| 하나 | 1 |\n| 둘 | 2 |",
    "> A quotation\n> of two lines.",
    "```python\ndef f(x):\n    return x + 1\n```",
    "> [!NOTE]\n> Take care.",
    "Term\n: What it means.",
    "A claim.[^1]\n\n[^1]: Its source.",
    "```mermaid\nflowchart LR\n  a[하나] --> b{둘?} -->|예| c([셋])\n```",
    "```mermaid\nmindmap\n  root((뿌리))\n    가지\n      잎\n    다른 가지\n```",
    "### A heading\n\nunder a heading.\n\n#### And a deeper one\n\nwith text.",
    "First.\n\n---\n\nSecond.",
)
THEMES = ("nano-banana", "chalkboard", "exam-notes", "plain")


def generated(i: int) -> str:
    """Return one of many small sheets: other blocks, themes, papers and languages each."""
    n = len(BLOCKS)
    head = f"---\npage: {('A4', 'A5', 'letter')[i % 3]}\ntheme: {THEMES[i % 4]}\nlang: {('ko', 'en')[i % 2]}\n"
    head += f"author: 지은이 {i}\nkeywords: [표본, sample]\n---\n"
    title = f"# {'🍌 ' * (i % 2)}Sheet {i}\n\n" if i % 5 else ""
    panels = [f"## Panel {j}\n\n{BLOCKS[(i * 3 + j * 7) % n]}\n\n{BLOCKS[(i + j) % n]}\n" for j in range(1 + i % 3)]
    return head + title + "\n".join(panels)


@functools.cache
def sheets() -> dict[str, str]:
    """Return the sheets every judge sees."""
    found = {name: asset(f"samples/{name}.md").read_text(encoding="utf-8") for name in SAMPLES}
    found |= {name: (CASES / f"{name}.md").read_text(encoding="utf-8") for name in BRIEFS}
    return found | {f"sheet{i}": generated(i) for i in range(30)}


@functools.cache
def laid(name: str):
    """Return a sheet's layout."""
    return layout(read(sheets()[name]))


@functools.cache
def made(name: str, kind: str) -> bytes:
    """Return a sheet's file in a preset."""
    return to_pdf(laid(name), kind)


def written(folder, data: bytes, name: str = "page.pdf"):
    """Return the path of a file with these bytes."""
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("kind", PRESETS)
def test_every_sheet_keeps_its_standards(kind, tmp_path):
    """Both samples, both briefs and thirty small sheets pass veraPDF's engine, qpdf and pdffonts in every preset."""
    paths = [written(tmp_path, made(name, kind), f"{name}.pdf") for name in sheets()]
    assert failures(vera(STANDARDS[kind], *paths)) == []
    for path in paths:
        checked = program("qpdf", "--check", str(path))
        assert checked is None or ("No syntax" in checked and "WARNING" not in checked)
        listed = program("pdffonts", str(path))
        rows = [r for r in (listed or "").splitlines()[2:] if "CID TrueType" not in r or "yes yes yes" not in r]
        assert rows == []


@pytest.mark.parametrize("kind", PRESETS)
def test_every_sheet_passes_preflight(kind):
    """No sheet's file breaks a limit of its own preset."""
    names = [*NAMED, *(f"sheet{i}" for i in range(0, 30, 5))]
    assert {n: [f.render() for f in check(made(n, kind), limits(kind))] for n in names} == {n: [] for n in names}


@pytest.mark.parametrize("kind", ["print", "print-x1a"])
def test_no_colour_of_a_screen_is_in_a_print_file(kind):
    """Every colour operator of every content stream sets inks."""
    for name in sheets():
        assert colours(made(name, kind)) <= {"k", "K"}
    assert "rg" in colours(made("inference", "screen"))


def test_black_text_is_on_the_black_plate_alone(tmp_path):
    """Ghostscript's plates of a plain black text: nothing on cyan, magenta and yellow; a text in colour is there."""
    text = "---\ntheme: plain\nlayout:\n  - 1: p\n---\n## p\n\nBlack text, 검은 글.\n"
    data = to_pdf(layout(read(text)), "print")
    found = plates(written(tmp_path, data), tmp_path)
    if found is not None:
        assert found["Black"].getextrema()[0] < 40
    with pikepdf.open(io.BytesIO(data)) as pdf:
        inks = _text_inks(pdf)
    assert (0.0, 0.0, 0.0, 1.0) in inks
    words = to_pdf(
        layout(read(text.replace("Black text, 검은 글.", "Black text"))), preset("print", Press(marks=False))
    )
    with pikepdf.open(io.BytesIO(words)) as pdf:
        _only_text(pdf)
        out = io.BytesIO()
        pdf.save(out, compress_streams=False)
    found = plates(written(tmp_path, out.getvalue()), tmp_path)
    if found is not None:
        shown = {ink: plate.getextrema()[0] for ink, plate in found.items()}
        assert shown["Black"] < 60
        assert [shown[i] for i in ("Cyan", "Magenta", "Yellow")] == [255, 255, 255]
        fault = written(tmp_path, out.getvalue().replace(b"0 0 0 1 k", b".5 0 0 1 k"), "fault.pdf")
        assert plates(fault, tmp_path)["Cyan"].getextrema()[0] < 255


def _text_inks(pdf) -> set[tuple[float, ...]]:
    """Return the inks text is printed in."""
    inks, now = set(), ()
    for i in pikepdf.parse_content_stream(pdf.pages[0]):
        if str(i.operator) == "k":
            now = tuple(float(v) for v in i.operands)
        elif str(i.operator) == "TJ":
            inks.add(now)
    return inks


def _only_text(pdf) -> None:
    """Leave of a page its black text alone, unpacked."""
    out, black = [], False
    for i in pikepdf.parse_content_stream(pdf.pages[0]):
        op = str(i.operator)
        if op == "k":
            black = [float(v) for v in i.operands] == [0, 0, 0, 1]
        if op in ("f", "S", "B", "Do", "f*", "W"):
            out.append(([], pikepdf.Operator("n")))
        elif op != "TJ" or black:
            out.append(i)
    pdf.pages[0].obj["/Contents"] = pikepdf.Stream(pdf, pikepdf.unparse_content_stream(out))


@pytest.mark.parametrize("kind", PRESETS)
def test_files_read_the_same_in_three_engines(kind, tmp_path):
    """poppler, mupdf and pdfium copy every line that stands on the page, in every preset."""
    for name in (*NAMED, "sheet1", "sheet12", "sheet23"):
        data = made(name, kind)
        path = written(tmp_path, data)
        document = pypdfium2.PdfDocument(data)
        texts = {"pdfium": "".join(document[i].get_textpage().get_text_range() for i in range(len(document)))}
        document.close()
        texts["poppler"] = program("pdftotext", str(path), "-")
        texts["mupdf"] = program("mutool", "draw", "-q", "-F", "txt", str(path))
        wanted = ["".join(one["text"].split()) for p in laid(name).to_dict()["pages"] for one in p["lines"]]
        lost = {
            engine: [line for line in wanted if line not in "".join(text.split())]
            for engine, text in texts.items()
            if text is not None
        }
        assert lost == {engine: [] for engine in lost}, name


@pytest.mark.parametrize("kind", ["print", "print-x1a"])
def test_every_print_file_keeps_the_rules_of_pdf_x(kind):
    """Every sheet's file passes our own list of what PDF/X asks of boxes, intent, metadata, fonts, pictures and transparency."""
    assert {name: pdf_x_faults(made(name, kind), kind) for name in sheets()} == {name: [] for name in sheets()}


def _noted(pdf) -> None:
    """Put a note on the page."""
    note = pikepdf.Dictionary(Type=pikepdf.Name("/Annot"), Subtype=pikepdf.Name("/Text"), Rect=[99, 99, 120, 120])
    pdf.pages[0].obj["/Annots"] = pikepdf.Array([pdf.make_indirect(note)])


X_FAULTS = {
    "version": ("print-x1a", lambda pdf: None, {"force_version": "1.6"}),
    "intent": ("print", lambda pdf: pdf.Root.__delitem__("/OutputIntents"), {}),
    "boxes": ("print", lambda pdf: pdf.pages[0].obj.__delitem__("/TrimBox"), {}),
    "trapped": ("print", lambda pdf: pdf.docinfo.__delitem__("/Trapped"), {}),
    "claim": ("print", lambda pdf: _said(pdf, b"GTS_PDFXVersion>PDF/X-4<", b"GTS_PDFXVersion>PDF/X-3<"), {}),
    "fonts": ("print", lambda pdf: _described(pdf).__delitem__("/FontFile2"), {}),
    "transparency": ("print-x1a", lambda pdf: _blended(pdf, ca=0.5), {}),
    "annotations": ("print", _noted, {}),
    "actions": ("print", lambda pdf: pdf.Root.__setitem__("/OpenAction", pikepdf.Array([pdf.pages[0].obj])), {}),
    "blending": ("print", lambda pdf: pdf.pages[0].obj["/Group"].__setitem__("/CS", pikepdf.Name("/DeviceRGB")), {}),
    "encryption": ("print", lambda pdf: None, {"encryption": pikepdf.Encryption(owner="o", user="", R=4)}),
}
"""One broken rule of PDF/X each: the preset, how it is broken, and how it is saved."""


@pytest.mark.parametrize("rule", X_FAULTS)
def test_our_own_rules_of_pdf_x_notice_each_fault(rule):
    """A file with one rule broken is told for that rule and no other."""
    kind, breaks, how = X_FAULTS[rule]
    with pikepdf.open(io.BytesIO(made("inference", kind))) as pdf:
        breaks(pdf)
        out = io.BytesIO()
        pdf.save(out, fix_metadata_version=False, object_stream_mode=pikepdf.ObjectStreamMode.preserve, **how)
    assert pdf_x_faults(out.getvalue(), kind) == [rule]


def test_outlined_text_is_still_read_out(tmp_path):
    """Text drawn as shapes keeps X-4, A-2a and UA-1: no font is in the file, yet the tree holds the words of the live one."""
    data = to_pdf(laid("inference"), preset("print", Press(outline_text=True)))
    path = written(tmp_path, data)
    assert failures(vera("2a,ua1", path)) == []
    assert check(data, limits("print")) == ()
    listed = program("pdffonts", str(path))
    assert listed is None or len(listed.splitlines()) == 2
    with pikepdf.open(io.BytesIO(data)) as pdf:
        told = "".join("".join(_told(pdf.Root["/StructTreeRoot"]["/K"])).split())
        assert "GTS_PDFXVersion>PDF/X-4<" in pdf.Root["/Metadata"].read_bytes().decode()
    page_lines = [entry["text"] for entry in laid("inference").to_dict()["pages"][0]["lines"]]
    lost = ["".join(text.split()) for text in page_lines if "".join(text.split()) not in told]
    assert lost == []


def _told(element):
    """Yield the replacement texts of a structure tree, in reading order."""
    if isinstance(element, pikepdf.Array):
        for one in element:
            yield from _told(one)
    elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
        if "/ActualText" in element:
            yield str(element["/ActualText"])
        yield from _told(element.get("/K", pikepdf.Array()))


def test_the_tree_is_in_reading_order(tmp_path):
    """Title, panels row by row, each with its heading first; lists have labels, tables scopes, figures alternative text."""
    with pikepdf.open(io.BytesIO(made("inference", "screen"))) as pdf:
        tree = _tree(pdf.Root["/StructTreeRoot"]["/K"])
        titles = [str(b["/Title"]) for b in _bookmarks(pdf.Root["/Outlines"])]
    tags = re.findall(r"[A-Za-z]+\d?", tree)
    assert tags[:3] == ["Document", "Sect", "H1"]
    assert tree.count("Sect(H2") == 5
    assert tree.count("LI(Lbl LBody") == 11
    assert tree.count("Figure:alt") == 1
    assert tree.count("TH:scope") == 3 + 2 + 4  # the second table's corner is empty, so its first column heads the rows
    assert titles[0] == "NANO BANANA CHEAT SHEET INFERENCE (추론)"
    assert titles[1:] == [
        "WHAT IS INFERENCE?",
        "BIASED COIN FLIP",
        "TOKEN GENERATION PROCESS",
        "TRAINING vs INFERENCE",
        "KEY TAKEAWAYS",
    ]
    shown = program("pdfinfo", "-struct", str(written(tmp_path, made("inference", "screen"))))
    assert shown is None or shown.count("LBody") == 11


def test_a_title_reads_from_left_to_right():
    """The emoji to the right of the title is read behind its words, although it is painted before them."""
    with pikepdf.open(io.BytesIO(made("inference", "screen"))) as pdf:
        heading = next(o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/H1")
        # Words in another language than the document's have an element too, but no replacement text.
        drawn = [isinstance(k, pikepdf.Dictionary) and "/ActualText" in k for k in heading["/K"]]
        kinds = ["emoji" if one else "words" for one in drawn]
    assert kinds == ["emoji", "words", "words", "emoji"]


def test_a_table_with_an_empty_corner_has_headers_of_rows():
    """Its first column heads rows, the corner heads nothing; a table without such a corner heads columns only."""

    def scopes(corner: str) -> list[str]:
        text = f"---\ntheme: plain\n---\n# T\n\n## a\n\n| {corner} | x | y |\n|---|---|---|\n| one | 1 | 2 |\n| two | 3 | 4 |\n"
        with pikepdf.open(io.BytesIO(to_pdf(layout(read(text))))) as pdf:
            return re.findall(r"TH|TD|Row|Column", _scopes(pdf.Root["/StructTreeRoot"]["/K"]))

    assert scopes("") == ["TD", "TH", "Column", "TH", "Column", *["TH", "Row", "TD", "TD"] * 2]
    assert scopes("z") == [*["TH", "Column"] * 3, *["TD"] * 6]


def _scopes(element) -> str:
    """Return the cells of a structure tree with what they head."""
    if isinstance(element, pikepdf.Array):
        return "".join(_scopes(e) for e in element)
    if not isinstance(element, pikepdf.Dictionary) or "/S" not in element:
        return ""
    own = str(element["/S"]) + str(element.get("/A", {}).get("/Scope", "")) if element["/S"] in ("/TH", "/TD") else ""
    return own + _scopes(element.get("/K", pikepdf.Array()))


def _tree(element) -> str:
    """Return the types of a structure tree as one text."""
    if isinstance(element, pikepdf.Array):
        return " ".join(t for t in (_tree(e) for e in element) if t)
    if not isinstance(element, pikepdf.Dictionary) or "/S" not in element:
        return ""
    tag = str(element["/S"]).lstrip("/") + (":alt" if "/Alt" in element else "")
    tag += ":scope" if "/Scope" in element.get("/A", {}) else ""
    inner = _tree(element["/K"]) if "/K" in element else ""
    return f"{tag}({inner})" if inner else tag


def _bookmarks(parent):
    """Yield all bookmarks below one."""
    one = parent.get("/First")
    while one is not None:
        yield one
        yield from _bookmarks(one)
        one = one.get("/Next")


def test_languages_are_told_where_they_change():
    """In a Korean page a paragraph in English says so, and so do English words in a Korean one, which says nothing itself."""
    data = to_pdf(
        layout(read("---\nlang: ko\n---\n# 제목\n\n## 패널\n\nOnly English words here.\n\n한글 문단 with words.\n"))
    )
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.Root["/Lang"]) == "ko"
        said = [
            (str(o["/S"]), str(o["/Lang"]))
            for o in pdf.objects
            if isinstance(o, pikepdf.Dictionary) and "/S" in o and "/Lang" in o
        ]
    assert said == [("/P", "en"), ("/Span", "en")]


FAULTS = {
    "6.7.3.3-1": ("2a", "screen", lambda pdf: pdf.Root.__delitem__("/StructTreeRoot")),
    "6.2.4.3-2": ("2a", "screen", lambda pdf: pdf.Root.__delitem__("/OutputIntents")),
    "6.6.4-2": ("2a", "print", lambda pdf: _said(pdf, b"pdfaid:part>2<", b"pdfaid:part>9<")),
    "6.2.11.4.1-1": ("2a", "print", lambda pdf: _described(pdf).__delitem__("/FontFile2")),
    "7.3-1": ("ua1", "print", lambda pdf: _tagged(pdf, "/Figure").__delitem__("/Alt")),
    "7.1-3": ("ua1", "screen", lambda pdf: pdf.pages[0].contents_add(b"0 g 9 9 9 9 re f")),
    "7.1-10": ("ua1", "screen", lambda pdf: pdf.Root["/ViewerPreferences"].__delitem__("/DisplayDocTitle")),
    "7.4.2-1": ("ua1", "screen", lambda pdf: _tagged(pdf, "/H2").__setitem__("/S", pikepdf.Name("/H4"))),
    "7.5-1": ("ua1", "screen", lambda pdf: _tagged(pdf, "/TH").__delitem__("/A")),
    "6.4-6": ("1b", "print-x1a", lambda pdf: _blended(pdf, ca=0.5)),
    "6.2.3.3-2": ("1b", "print-x1a", lambda pdf: pdf.Root.__delitem__("/OutputIntents")),
}
"""One broken rule each: the rule, the standard, the preset and how it is broken."""


def _said(pdf, old: bytes, new: bytes) -> None:
    """Say something else in the metadata."""
    data = pdf.Root["/Metadata"].read_bytes()
    assert old in data
    pdf.Root["/Metadata"] = pikepdf.Stream(
        pdf, data.replace(old, new), Type=pikepdf.Name("/Metadata"), Subtype=pikepdf.Name("/XML")
    )


def _described(pdf):
    """Return a font's descriptor."""
    return next(o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor")


def _tagged(pdf, tag: str):
    """Return the first element of a type."""
    return next(o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == tag and "/P" in o)


def _blended(pdf, **entries) -> None:
    """Use a graphics state that is transparent."""
    pdf.pages[0].obj["/Resources"]["/ExtGState"]["/Z"] = pikepdf.Dictionary(**entries)
    pdf.pages[0].contents_add(b"q /Z gs 0 0 0 1 k 9 9 9 9 re f Q")


def test_the_judge_notices_each_broken_rule(tmp_path):
    """A file with one rule broken is refused by veraPDF's engine, and for that rule."""
    faults: dict[str, list[tuple[str, Path]]] = {}
    for i, (rule, (flavour, kind, breaks)) in enumerate(FAULTS.items()):
        path = tmp_path / f"fault{i}.pdf"
        with pikepdf.open(io.BytesIO(made("inference", kind))) as pdf:
            breaks(pdf)
            pdf.save(path)
        faults.setdefault(flavour, []).append((rule, path))
    for flavour, planted in faults.items():
        found = vera(flavour, *(path for _, path in planted))
        for (rule, _), verdict in zip(planted, found or (), strict=found is not None):
            assert rule in [f["rule"] for f in verdict["failed"]]


def test_boxes_lie_inside_one_another_and_marks_outside_the_bleed():
    """Trim inside bleed inside media; 3 mm of bleed; the page's content stays where it is on every plate."""
    for kind in ("print", "print-x1a"):
        with pikepdf.open(io.BytesIO(made("inference", kind))) as pdf:
            page = pdf.pages[0].obj
            media, bleed, trim = ([float(v) for v in page[k]] for k in ("/MediaBox", "/BleedBox", "/TrimBox"))
            assert "/Annots" not in page
        assert [trim[i] - bleed[i] for i in (0, 1)] == pytest.approx([8.5, 8.5], abs=0.02)
        assert media[:2] == [0, 0]
        assert media[0] < bleed[0] < trim[0] < trim[2] < bleed[2] < media[2]
        assert (trim[2] - trim[0], trim[3] - trim[1]) == pytest.approx((595.28, 841.89), abs=0.02)


def test_flat_files_know_no_transparency_and_no_newer_pdf():
    """PDF/X-1a: version 1.4, a cross-reference table, no group, no blend mode, no soft mask."""
    data = made("inference", "print-x1a")
    assert data.startswith(b"%PDF-1.4")
    for word in (b"/ObjStm", b"/XRef", b"/Multiply", b"/SMask", b"/Transparency", b"/ca "):
        assert word not in data


def test_files_stay_small_and_alike():
    """The sample is at most 200 kB for screens and 430 kB for print, and comes out the same again."""
    sizes = {kind: len(made("inference", kind)) for kind in PRESETS}
    assert sizes["screen"] <= 200_000
    assert sizes["print"] <= 430_000
    assert sizes["print-x1a"] <= 430_000
    assert all(to_pdf(laid("inference"), kind) == made("inference", kind) for kind in PRESETS)


def test_parts_of_lists_and_tables_alone_are_plain_text(tmp_path):
    """A list item's body outside a list, or a cell outside a table, is a paragraph: nothing stands where it may not."""
    parts = [
        Group(f"{role}", (line(f"{role}/l", f"{role} alone", y=40 + 24 * i),), role=role)
        for i, role in enumerate(("body", "item", "label", "row", "cell", "header_cell"))
    ]
    data = render_pdf([page(*parts, title="t")], BOOK)
    assert failures(vera("2a,ua1", written(tmp_path, data))) == []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert set(re.findall(r"[A-Za-z]+", _tree(pdf.Root["/StructTreeRoot"]["/K"]))) == {"Document", "P"}
