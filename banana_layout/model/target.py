"""Where a link may lead: the web, mail, or a place on the page."""

from __future__ import annotations

import re
from typing import NamedTuple

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f\"<>\\^`{|}\u200b-\u200f\u2028-\u202f\u2066-\u2069]|[^\x00-\x7f]")


class Target(NamedTuple):
    """Where a link may lead."""

    url: str
    """An http, https or mailto address in ASCII, or `#id`; empty where it may not be followed."""
    reason: str = ""
    """Why it may not be followed."""


def target(url: str) -> Target:
    """Return where a written target leads; only http, https, mailto and in-page targets may be followed."""
    url = url.strip()
    if url.startswith("#"):
        return Target(url)
    if url.startswith("//"):
        return Target(quoted("https:" + url))
    # blanks and controls inside a scheme are ignored by browsers, so they are ignored here too
    scheme = _SCHEME.match(re.sub(r"[\x00-\x20]", "", url))
    if scheme is None:
        return Target("", "it names a file beside the sheet, which a page cannot open" if url else "it is empty")
    if scheme[1].lower() not in ("http", "https", "mailto"):
        return Target("", f"“{scheme[1]}:” links are not followed")
    return Target(quoted(url))


def quoted(url: str) -> str:
    """Return an address with everything but plain ASCII percent-encoded; escapes already there stay."""
    return _UNSAFE.sub(lambda found: "".join(f"%{b:02X}" for b in found[0].encode("utf-8", "replace")), url)
