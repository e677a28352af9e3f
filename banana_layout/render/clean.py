"""Keeps out of the outputs what has no place there: unwritable characters and dangerous links."""

from __future__ import annotations

import re

_UNWRITABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""What XML 1.0 (section 2.2, "Char") does not allow, lone surrogates among it, or discourages (DEL, C1); and characters
that turn the direction of the text around them (UAX 9, section 2), which no page shows. Named one by one, as `re` walks
through sets."""
_SAFE = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x1f\x7f]+", re.IGNORECASE)


def writable(text: str) -> str:
    """Return a text without the characters XML cannot hold and those that make it read otherwise than it is."""
    return _UNWRITABLE.sub("", text)


def web_url(url: str) -> str | None:
    """Return an http, https or mailto address in ASCII, or None where it is none of these."""
    url = writable(url).strip()
    if not _SAFE.fullmatch(url):
        return None
    return "".join(c if c.isascii() and c not in '<>"\\^`{|}' else _escaped(c) for c in url)


def page_target(url: str) -> str | None:
    """Return the id that a `#id` link names, or None where it is no such link."""
    return url[1:] if url.startswith("#") and len(url) > 1 else None


def _escaped(char: str) -> str:
    """Return a character percent-encoded as UTF-8 (RFC 3987, section 3.1)."""
    return "".join(f"%{b:02X}" for b in char.encode())
