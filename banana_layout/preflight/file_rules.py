"""What must hold of a file as a whole: fonts, output intent, metadata, structure, pages of one size."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from banana_layout.geometry.point import MM
from banana_layout.geometry.rect import Rect
from banana_layout.preflight.finding import Finding
from banana_layout.preflight.fonts import missing_fonts
from banana_layout.preflight.limits import Limits
from banana_layout.preflight.page_rules import rectangle

_DEEPEST = 64
"""How deep structure elements are followed to the page they stand on."""


def file_findings(pdf: Any, limits: Limits) -> Iterator[Finding]:
    """Yield what is wrong with the file."""
    if not len(pdf.pages):
        yield Finding("pages", "the file has no page")
    if pdf.is_encrypted:
        yield Finding("encryption", "the file is encrypted, which print and archive standards forbid")
    for name in missing_fonts(pdf):
        yield Finding("font", "a font is not in the file", value=name)
    yield from _metadata(pdf, limits)
    yield from _intent(pdf, limits)
    yield from _sizes(pdf, limits)
    if limits.tagged:
        yield from _structure(pdf)
    names = pdf.Root.get("/Names", {})
    for where, key in ((pdf.Root, "/OpenAction"), (names, "/JavaScript"), (names, "/EmbeddedFiles")):
        if key in where:
            yield Finding("file", "the file does more than show pages", value=key.lstrip("/"))


def _metadata(pdf: Any, limits: Limits) -> Iterator[Finding]:
    """Yield what the file does not say of itself (ISO 15930-7, 6.7; ISO 14289-1, 7.1)."""
    packet = ""
    if "/Metadata" in pdf.Root:
        packet = pdf.Root["/Metadata"].read_bytes().decode("utf-8", "replace")
    else:
        yield Finding("metadata", "the file has no XMP metadata")
    if not re.search(r"<dc:title>.*?<rdf:li[^>]*>[^<]+", packet, re.DOTALL):
        yield Finding("metadata", "the file has no title")
    if limits.tagged and not pdf.Root.get("/Lang"):
        yield Finding("metadata", "the file does not say its language")
    claim = {"print": "PDF/X-4", "print-x1a": "PDF/X-1a:2003"}.get(limits.purpose)
    if claim is None:
        return
    said = re.search(r"GTS_PDFXVersion>([^<]*)", packet)
    told = str(pdf.docinfo.get("/GTS_PDFXVersion", "")) or (said[1] if said else "")
    if told != claim:
        yield Finding(
            "metadata", "the file does not say that it keeps the print standard", value=told or "nothing", limit=claim
        )
    if str(pdf.docinfo.get("/Trapped", "")) not in ("/True", "/False") and not re.search(
        r"Trapped>(True|False)", packet
    ):
        yield Finding("metadata", "the file does not say whether it is trapped")


def _intent(pdf: Any, limits: Limits) -> Iterator[Finding]:
    """Yield what is wrong with the output intent (ISO 15930-7, 6.5; ISO 19005-2, 6.2.3)."""
    wanted = "/GTS_PDFX" if limits.printed else "/GTS_PDFA1"
    intents = [i for i in pdf.Root.get("/OutputIntents", []) if i.get("/S") == wanted]
    if len(intents) != 1:
        yield Finding("intent", "the file does not say what its colours are meant for", value=len(intents), limit=1)
        return
    profile = intents[0].get("/DestOutputProfile")
    if profile is None:
        yield Finding("intent", "the output profile is not in the file")
        return
    space = profile.read_bytes()[16:20].decode("latin-1").strip()
    if limits.printed and space != "CMYK":
        yield Finding("intent", "the output profile is not one of a press", value=space, limit="CMYK")


def _sizes(pdf: Any, limits: Limits) -> Iterator[Finding]:
    """Yield pages that are not as large as the first."""
    if not limits.printed:
        return
    first: tuple[float, float] | None = None
    for number, page in enumerate(pdf.pages, 1):
        x0, y0, x1, y1 = (float(v) for v in page.obj.get("/TrimBox", page.mediabox))
        size = (abs(x1 - x0), abs(y1 - y0))
        first = first or size
        if abs(size[0] - first[0]) > 0.5 or abs(size[1] - first[1]) > 0.5:
            said = f"{size[0] / MM:.0f} × {size[1] / MM:.0f}"
            limit = f"{first[0] / MM:.0f} × {first[1] / MM:.0f}"
            yield Finding("pages", "a page is not as large as the first", number, value=said, limit=limit, unit="mm")


def _structure(pdf: Any) -> Iterator[Finding]:
    """Yield what the structure tree lacks (ISO 14289-1, 7.1 to 7.5)."""
    root = pdf.Root.get("/StructTreeRoot")
    if root is None or not pdf.Root.get("/MarkInfo", {}).get("/Marked", False):
        yield Finding("tags", "the file does not say what its content means")
        return
    if not pdf.Root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield Finding("tags", "readers are not told to show the title")
    level = 0
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}

    def told(element: Any, message: str, value: str, limit: str) -> Finding:
        page = _page_of(element, numbers, 0)
        place = None if page is None else _place_of(element, pdf.pages[page - 1])
        return Finding("tags", message, page, place, value, limit)

    for element in _elements(root):
        tag = str(element.get("/S", "")).lstrip("/")
        words = str(element.get("/Alt", "")).strip() or str(element.get("/ActualText", "")).strip()
        if tag in ("Figure", "Formula") and not words:
            yield told(element, "a figure has no alternative text", tag, "Alt")
        if tag == "TH" and not _attribute(element, "/Scope") and "/Headers" not in element:
            yield told(element, "a header cell does not say what it heads", tag, "Scope or Headers")
        if re.fullmatch(r"H[1-6]", tag):
            if int(tag[1]) > level + 1:
                yield told(element, "a heading skips a level", tag, f"H{level + 1}")
            level = int(tag[1])


def _page_of(element: Any, numbers: Mapping[Any, int], depth: int) -> int | None:
    """Return the number of the page a structure element stands on, its own or that of the first one below that tells."""
    own = element.get("/Pg")
    if own is not None and own.objgen in numbers:
        return numbers[own.objgen]
    held = element.get("/K")
    kids = list(held) if getattr(held, "_type_name", "") == "array" else [held]
    inner = [kid for kid in kids if getattr(kid, "_type_name", "") == "dictionary"]
    found = (_page_of(kid, numbers, depth + 1) for kid in inner) if depth < _DEEPEST else ()
    return next((number for number in found if number is not None), None)


def _place_of(element: Any, page: Any) -> Rect | None:
    """Return the box a structure element gives, from the trimmed page's upper left corner, y down; None where it gives none."""
    held = element.get("/A")
    for owner in list(held) if getattr(held, "_type_name", "") == "array" else [held]:
        if getattr(owner, "_type_name", "") == "dictionary" and "/BBox" in owner:
            trim, box = rectangle(page.obj.get("/TrimBox", page.mediabox)), rectangle(owner["/BBox"])
            return Rect(box.x - trim.x + 0.0, trim.bottom - box.bottom + 0.0, box.w, box.h)
    return None


def _elements(root: Any) -> Iterator[Any]:
    """Yield all structure elements in reading order, each once."""
    seen: set[tuple[int, int]] = set()
    stack = [root]
    while stack:
        one = stack.pop()
        if getattr(one, "_type_name", "") == "array":
            stack += reversed(list(one))
        elif getattr(one, "_type_name", "") == "dictionary":
            if one.is_indirect:
                if one.objgen in seen:
                    continue
                seen.add(one.objgen)
            if "/S" in one:
                yield one
            if "/K" in one:
                stack.append(one["/K"])


def _attribute(element: Any, key: str) -> bool:
    """Whether an element has an attribute."""
    held = element.get("/A")
    owners = list(held) if getattr(held, "_type_name", "") == "array" else [held]
    return any(key in owner for owner in owners if getattr(owner, "_type_name", "") == "dictionary")
