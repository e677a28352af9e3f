"""Hypothesis strategies and helpers for tests of layouts (needs the `testing` extra)."""
