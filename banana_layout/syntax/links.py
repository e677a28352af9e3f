"""Links: which targets may be followed, and addresses written without markup."""

from __future__ import annotations

import re
from typing import NamedTuple

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_BARE = re.compile(
    r"(?<![A-Za-z0-9_/.@])(?P<url>(?:https?://|www\.)[^\s<]+)"
    r"|(?<![A-Za-z0-9._+-])(?P<mail>[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,8})",
    re.IGNORECASE,
)
_DOMAIN = re.compile(r"(?:https?://)?([^\s/?#:<>]+)", re.IGNORECASE)
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
        return Target(_quoted("https:" + url))
    # blanks and controls inside a scheme are ignored by browsers, so they are ignored here too
    scheme = _SCHEME.match(re.sub(r"[\x00-\x20]", "", url))
    if scheme is None:
        return Target("", "it names a file beside the sheet, which a page cannot open" if url else "it is empty")
    if scheme[1].lower() not in ("http", "https", "mailto"):
        return Target("", f"“{scheme[1]}:” links are not followed")
    return Target(_quoted(url))


def _quoted(url: str) -> str:
    """Return an address with everything but plain ASCII percent-encoded; escapes already there stay."""
    return _UNSAFE.sub(lambda found: "".join(f"%{b:02X}" for b in found[0].encode()), url)


class Bare(NamedTuple):
    """An address found in running text (GFM's extended autolinks)."""

    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last character."""
    url: str
    """Where it leads."""


def bare_addresses(text: str) -> list[Bare]:
    """Return the web and mail addresses in a text, in order (GFM section 6.9, www., http:// and mail forms)."""
    if "@" not in text and "://" not in text and "www." not in text.lower():
        return []
    found: list[Bare] = []
    for match in _BARE.finditer(text):
        if match["mail"]:
            mail = match["mail"].rstrip(".")
            if mail[-1] not in "-_":
                found.append(Bare(match.start(), match.start() + len(mail), "mailto:" + mail))
            continue
        url = _trimmed(match["url"])
        domain = _DOMAIN.match(url)
        if domain is None or not _is_domain(domain[1]):
            continue
        full = url if "://" in url[:8] else "http://" + url
        found.append(Bare(match.start(), match.start() + len(url), _quoted(full)))
    return found


def _trimmed(url: str) -> str:
    """Return an address without the punctuation that belongs to the sentence around it."""
    surplus = url.count(")") - url.count("(")
    end = len(url)
    while end:
        last = url[end - 1]
        if last in "?!.,:;*_~'\"…”’":
            end -= 1
        elif last == ")" and surplus > 0:
            surplus -= 1
            end -= 1
        else:
            break
    return url[:end]


def _is_domain(name: str) -> bool:
    """Tell whether a name is a domain: dotted, without underscores in its last two parts."""
    parts = name.split("@")[-1].split(".")
    return len(parts) > 1 and all(parts) and "_" not in parts[-1] + parts[-2]
