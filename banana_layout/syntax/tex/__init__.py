r"""Formulas in TeX notation, set in one line: `\frac{1}{2}mv^2` is ½mv²."""

from __future__ import annotations

from banana_layout.syntax.tex.line import inlines_of

__all__ = ["inlines_of"]
