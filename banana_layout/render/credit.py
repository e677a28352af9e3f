"""Whom an output has to name."""

EMOJI = "Emoji graphics: Twemoji, copyright Twitter and other contributors, CC-BY 4.0"
"""Said in the metadata of every output that shows emoji; the licence asks for it."""
