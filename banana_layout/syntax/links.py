"""Addresses written without markup."""

from __future__ import annotations

import re
from typing import NamedTuple

from banana_layout.model.target import quoted

_BARE = re.compile(
    r"(?<![A-Za-z0-9_/.@])(?P<url>(?:https?://|www\.)[^\s<]+)"
    r"|(?<![A-Za-z0-9._+-])(?P<mail>[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,8})",
    re.IGNORECASE,
)
_DOMAIN = re.compile(r"(?:https?://)?([^\s/?#:<>]+)", re.IGNORECASE)


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
        found.append(Bare(match.start(), match.start() + len(url), quoted(full)))
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
    parts = name.rsplit("@", maxsplit=1)[-1].split(".")
    return len(parts) > 1 and all(parts) and "_" not in parts[-1] + parts[-2]
