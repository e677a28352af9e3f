"""Judges PDF files, ours and others', by what print shops and screen readers need."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from banana_layout.preflight.finding import Finding
    from banana_layout.preflight.limits import Limits


def check(data: bytes, limits: Limits) -> tuple[Finding, ...]:
    """Return everything in a PDF file that breaks the limits, page by page; BananaError where it is no PDF file.

    Needs pikepdf, which the extra `print` brings.
    """
    from banana_layout.preflight.inspection import inspect

    return inspect(data, limits)
