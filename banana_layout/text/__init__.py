"""From styled runs to lines of shaped glyphs."""
