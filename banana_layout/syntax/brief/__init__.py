"""Briefs: a sheet described by a wireframe in box characters, ratios, and sections of content."""

from __future__ import annotations

from banana_layout.syntax.brief.read import read
from banana_layout.syntax.nature import is_brief

__all__ = ["is_brief", "read"]
