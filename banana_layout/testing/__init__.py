"""Hypothesis strategies and helpers for tests of layouts (needs the `testing` extra)."""

from __future__ import annotations

from banana_layout.testing.documents import documents, sheets

__all__ = ["documents", "sheets"]
