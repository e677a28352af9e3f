"""What a heading's text says beside its words: `{attributes}`, emoji icons, and the slug it is known by."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import NamedTuple

_TEXT_EMOJI = (
    "\u231a\u231b\u2328\u23cf\u23e9-\u23f3\u23f8-\u23fa\u25fd\u25fe\u2600-\u2604\u260e\u2611\u2614\u2615\u2618\u261d"
    "\u2620\u2622\u2623\u2626\u262a\u262e\u262f\u2638-\u263a\u2640\u2642\u2648-\u2653\u265f\u2660\u2663\u2665\u2666"
    "\u2668\u267b\u267e\u267f\u2692-\u2697\u2699\u269b\u269c\u26a0\u26a1\u26a7\u26aa\u26ab\u26b0\u26b1\u26bd\u26be"
    "\u26c4\u26c5\u26c8\u26ce\u26cf\u26d1\u26d3\u26d4\u26e9\u26ea\u26f0-\u26f5\u26f7-\u26fa\u26fd\u2702\u2705"
    "\u2708-\u270d\u270f\u2712\u2714\u2716\u271d\u2721\u2728\u2733\u2734\u2744\u2747\u274c\u274e\u2753-\u2755\u2757"
    "\u2763\u2764\u2795-\u2797\u27a1\u27b0\u27bf\u2b1b\u2b1c\u2b50\u2b55"
)
"""Characters below U+10000 that are emoji without a variation selector, or nearly always meant as such (Unicode emoji-data)."""

_PLANE_ONE = (
    "\U0001f004\U0001f0cf\U0001f18e\U0001f191-\U0001f19a\U0001f201\U0001f21a\U0001f22f\U0001f232-\U0001f236"
    "\U0001f238-\U0001f23a\U0001f250-\U0001f251\U0001f300-\U0001f321\U0001f324-\U0001f393\U0001f396-\U0001f397"
    "\U0001f399-\U0001f39b\U0001f39e-\U0001f3f0\U0001f3f3-\U0001f3f5\U0001f3f7-\U0001f3fa\U0001f400-\U0001f4fd"
    "\U0001f4ff-\U0001f53d\U0001f549-\U0001f54e\U0001f550-\U0001f567\U0001f56f-\U0001f570\U0001f573-\U0001f57a"
    "\U0001f587\U0001f58a-\U0001f58d\U0001f590\U0001f595-\U0001f596\U0001f5a4-\U0001f5a5\U0001f5a8"
    "\U0001f5b1-\U0001f5b2\U0001f5bc\U0001f5c2-\U0001f5c4\U0001f5d1-\U0001f5d3\U0001f5dc-\U0001f5de\U0001f5e1"
    "\U0001f5e3\U0001f5e8\U0001f5ef\U0001f5f3\U0001f5fa-\U0001f64f\U0001f680-\U0001f6c5\U0001f6cb-\U0001f6d2"
    "\U0001f6d5-\U0001f6d9\U0001f6dc-\U0001f6e5\U0001f6e9\U0001f6eb-\U0001f6ec\U0001f6f0\U0001f6f3-\U0001f6fc"
    "\U0001f7e0-\U0001f7eb\U0001f7f0\U0001f90c-\U0001f93a\U0001f93c-\U0001f945\U0001f947-\U0001f9ff"
    "\U0001fa70-\U0001faff"
)
"""The same above U+10000; the last block whole, because new emoji go there."""

_PRESENTED = f"[{_TEXT_EMOJI}{_PLANE_ONE}](?!\ufe0e)\ufe0f?|[\u00a9\u00ae\u2000-\u33ff\U0001f100-\U0001f2ff]\ufe0f"
_ELEMENT = f"(?:{_PRESENTED})[\U0001f3fb-\U0001f3ff]?(?:[\U000e0020-\U000e007e]+\U000e007f)?"
_EMOJI = f"(?:[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3|{_ELEMENT}(?:\u200d{_ELEMENT})*)"
# Unicode Technical Standard 51, ED-17: flags, keycaps, and ZWJ sequences of elements with modifiers and tags
_LEADING = rf"\s*({_EMOJI})\s*"
_TRAILING = rf"\s*({_EMOJI})\s*\Z"

_ATTRIBUTES = re.compile(r"[ \t]*\{([^{}\n]*)\}[ \t]*\Z")
_ATTRIBUTE = re.compile(
    r"""\s*(?: \#(?P<id>[^\s#.{}=]+) | \.(?P<class>[^\s#.{}=]+)
        | (?P<key>[A-Za-z_][\w-]*)=(?: "(?P<double>[^"]*)" | '(?P<single>[^']*)' | (?P<bare>[^\s"'{}]+) ) )(?=\s|\Z)""",
    re.VERBOSE,
)


class Attributes(NamedTuple):
    """What `{#id .class key=value}` says."""

    id: str = ""
    """Empty where none is given."""
    classes: tuple[str, ...] = ()
    """In order."""
    pairs: tuple[tuple[str, str], ...] = ()
    """In order."""


def parse_attributes(inside: str) -> Attributes | None:
    """Return what stands between the braces, or None where it is no attribute list."""
    at, ident = 0, ""
    classes: list[str] = []
    pairs: list[tuple[str, str]] = []
    inside = inside.strip()
    while at < len(inside):
        found = _ATTRIBUTE.match(inside, at)
        if found is None:
            return None
        at = found.end()
        if found["id"]:
            ident = found["id"]
        elif found["class"]:
            classes.append(found["class"])
        else:
            value = next(v for v in (found["double"], found["single"], found["bare"], "") if v is not None)
            pairs.append((found["key"], value))
    return Attributes(ident, tuple(classes), tuple(pairs)) if inside else None


def split_attributes(content: str) -> tuple[str, Attributes]:
    """Return a text without the `{…}` at its end, and what that says; braces that say nothing known stay text."""
    if not content.endswith("}"):
        return content, Attributes()
    found = _ATTRIBUTES.search(content, content.rfind("{") - _blank_before(content))
    attributes = parse_attributes(found[1]) if found else None
    if found is None or attributes is None or (found.start() and content[found.start() - 1] == "\\"):
        return content, Attributes()
    return content[: found.start()].rstrip(), attributes


def _blank_before(content: str) -> int:
    """Return how many blanks stand before the last opening brace."""
    head = content[: content.rfind("{")]
    return len(head) - len(head.rstrip(" \t"))


class Icons(NamedTuple):
    """A heading's words and the emoji that stood around them."""

    start: int
    """Offset of the first character that is not part of the icon before."""
    end: int
    """Offset after the last character that is not part of the icon behind."""
    before: str | None
    """The emoji at the start."""
    after: str | None
    """The emoji at the end."""


def find_icons(content: str, *, both: bool) -> Icons:
    """Return where a heading's words are and the emoji around them; `both` takes the last one though there is a first."""
    start, end = 0, len(content)
    before = after = None
    found = _compiled(_LEADING).match(content)
    if found:
        before, start = found[1], found.end()
    if both or before is None:
        tail = _last_emoji(content, start)
        if tail:
            after, end = tail[1], tail.start()
    return Icons(min(start, end), end, before, after)


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern, compiled when it is first needed, because these two take a millisecond each."""
    return re.compile(pattern)


def _last_emoji(content: str, start: int) -> re.Match[str] | None:
    """Return the longest emoji that ends a text, searched in its last characters only."""
    last = content.rstrip()[-1:]
    if last.isascii() or last.isalnum():  # no emoji ends so; most headings need no pattern
        return None
    return _compiled(_TRAILING).search(content, max(start, len(content.rstrip()) - 40))


def slug(text: str) -> str:
    """Return the GitHub-style slug: lower case, letters, digits, `_` and `-` kept, blanks to `-`, the rest removed.

    Emoji variation selectors are removed too, and hyphens that icons leave at the ends.
    """
    kept = [
        "-" if c in " \t\n\u00a0\u3000" else c
        for c in text.strip().lower()
        if c in "-_ \t\n\u00a0\u3000" or c.isalnum() or (c > "\x7f" and _is_mark(c))
    ]
    return "".join(kept).strip("-")


def _is_mark(char: str) -> bool:
    """Tell whether a character is a combining mark that carries meaning."""
    return unicodedata.category(char)[0] == "M" and not 0xFE00 <= ord(char) <= 0xFE0F


class Slugs:
    """Slugs given out so far, so that a second one of a name gets `-1`."""

    def __init__(self, taken: set[str]) -> None:
        self.taken = taken
        """All names given out."""
        self._counts: dict[str, int] = {}

    def take(self, text: str, fallback: str) -> str:
        """Return a slug nobody has yet."""
        name = slug(text) or fallback
        found = name
        while found in self.taken:
            self._counts[name] = self._counts.get(name, 0) + 1
            found = f"{name}-{self._counts[name]}"
        self.taken.add(found)
        return found
