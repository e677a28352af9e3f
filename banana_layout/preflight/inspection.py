"""A file opened and judged: the file first, then every page."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import msgspec

from banana_layout.geometry.rect import Rect
from banana_layout.preflight.budget import check_page, check_pictures
from banana_layout.preflight.file_rules import file_findings
from banana_layout.preflight.finding import Finding
from banana_layout.preflight.ink import Plates
from banana_layout.preflight.ink import findings as ink_findings
from banana_layout.preflight.limits import Limits
from banana_layout.preflight.marks import Follower
from banana_layout.preflight.page_rules import PageView, page_findings
from banana_layout.source import BananaError

MOST_PAGES = 2_000
"""Files of more pages are refused."""
_DAMAGED = (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
"""What looking into a damaged file raises: any of its values may be missing or of another type than the standard says."""
MOST_A_RULE = 500
"""Findings that say the same of one page; the rest are counted in one more."""


def inspect(data: bytes, limits: Limits) -> tuple[Finding, ...]:
    """Return everything in a PDF file that breaks the limits, page by page; BananaError where it is no PDF file."""
    try:
        import pikepdf
    except ImportError:
        raise BananaError.single("preflight needs pikepdf", hints=("pip install 'banana-layout[print]'",)) from None
    try:
        pdf = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError:
        return (Finding("encryption", "the file is locked with a password"),)
    except (pikepdf.PdfError, ValueError) as error:
        # qpdf names the object in memory, which says nothing.
        reason = str(error).partition(">: ")[2] or str(error)
        raise BananaError.single(f"this is no PDF file that can be read: {reason}") from None
    with pdf:
        if len(pdf.pages) > MOST_PAGES:
            raise BananaError.single(f"the file has {len(pdf.pages)} pages; at most {MOST_PAGES} are checked")
        try:
            return tuple(_findings(pdf, data, limits))
        except (*_DAMAGED, pikepdf.PdfError) as error:
            raise BananaError.single(f"this PDF file is damaged: {error}") from error


def _findings(pdf: Any, data: bytes, limits: Limits) -> Iterator[Finding]:
    """Yield what is wrong with the file, then with each page."""
    check_pictures(pdf)
    yield from file_findings(pdf, limits)
    for number, page in enumerate(pdf.pages, 1):
        yield from _page(page, number, data, limits)


def _page(page: Any, number: int, data: bytes, limits: Limits) -> list[Finding]:
    """Return what is wrong on one page, each rule's findings up to a number."""
    check_page(page)
    view = PageView.of(page, Follower(page.obj).marks())
    found = list(page_findings(page, view, limits))
    found += ink_findings(Plates.of(data, page, number - 1, printed=limits.printed), view, limits)
    return [_placed(f, number, view.trim) for f in _thinned(found)]


def _thinned(found: list[Finding]) -> list[Finding]:
    """Return at most so many findings that say the same, and one that stands for the rest."""
    out: list[Finding] = []
    counts: dict[tuple[str, str], int] = {}
    for f in found:
        key = (f.rule, f.message)
        counts[key] = counts.get(key, 0) + 1
        if counts[key] <= MOST_A_RULE:
            out.append(f)
    for (rule, message), count in counts.items():
        if count > MOST_A_RULE:
            last = next(f for f in found if (f.rule, f.message) == (rule, message))
            out.append(msgspec.structs.replace(last, place=None, value=None, limit=None, count=count - MOST_A_RULE))
    return out


def _placed(finding: Finding, page: int, trim: Rect) -> Finding:
    """Return a finding with its page and its place counted from the trim box's upper left corner, y down."""
    place = finding.place
    if place is not None:
        # Added to zero, so that no number is minus nothing.
        place = Rect(place.x - trim.x + 0.0, trim.bottom - place.bottom + 0.0, place.w, place.h)
    return msgspec.structs.replace(finding, page=page, place=place)
