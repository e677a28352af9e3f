"""Finished primitives with final numbers, and the frames layout builds them in."""
