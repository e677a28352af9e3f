"""Inline markup: markdown-it's flat tokens become nested inlines with exact places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

import msgspec

from banana_layout.model.inline import (
    AnyInline,
    Code,
    Emphasis,
    FootnoteRef,
    HardBreak,
    InlineImage,
    Link,
    Mark,
    Penned,
    SoftBreak,
    Strike,
    Strong,
    Text,
)
from banana_layout.model.target import target
from banana_layout.source import Span
from banana_layout.syntax.html_tags import attributes_of
from banana_layout.syntax.links import bare_addresses
from banana_layout.syntax.markup import ELEMENTS, KINDS, PLAIN, made
from banana_layout.syntax.text_places import Offsets, TextPlaces

if TYPE_CHECKING:
    from markdown_it.token import Token


class Surroundings(Protocol):
    """What inlines need to know of the document around them."""

    def inline_tokens(self, content: str) -> list[Token]:
        """Return markdown-it's tokens of a text."""

    def note_number(self, label: str) -> int:
        """Return the number of the footnote with a label on this sheet."""

    def written_note(self, content: str, offsets: Offsets) -> tuple[str, int]:
        """Take a footnote written where it is used; return its label and number."""

    def page_target(self, url: str) -> str | None:
        """Return the `#id` a link within the page leads to, or None where nothing has that id."""

    def warn(self, message: str, span: Span | None, *hints: str, once: str = "") -> None:
        """Note a finding; a second one with the same `once` is left out."""


class _Frame(msgspec.Struct):
    """A piece of markup still open."""

    kind: str
    """`strong`, `em`, `s`, `mark`, `link`, `code`, `sup`, `sub`, `pen`, or empty for one that changes nothing."""
    closer: str
    """Type of the token that closes it, or `</name>` for an HTML element."""
    start: int
    """Where it begins in the text."""
    children: list[AnyInline]
    """What it holds so far."""
    url: str = ""
    """A link's target, or the name of a pen."""
    title: str = ""
    """A link's tooltip."""


_DEEPEST = 16
"""Markup nested deeper changes nothing more."""
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")


class InlineReader:
    """Reads one text's inlines."""

    def __init__(self, around: Surroundings, content: str, offsets: Offsets) -> None:
        self._around = around
        self._content = content
        self._offsets = offsets
        self._stack = [_Frame("", "", 0, [])]
        self._pieces: list[tuple[str, int, int]] = []
        self._active: list[str] = []

    def read(self) -> tuple[AnyInline, ...]:
        """Return the inlines."""
        for token in self._around.inline_tokens(self._content):
            start, end = token.map or (0, 0)
            kind = token.type
            if kind in ("text", "text_special"):
                if token.content:
                    self._pieces.append((token.content, start, end))
                continue
            self._flush()
            if kind in KINDS:
                if kind == "strong_open":
                    start -= 1
                url = token.content if kind == "pen_open" else ""
                self._open(KINDS[kind], kind.replace("_open", "_close"), start, token, url)
            elif kind.endswith("_close"):
                self._close(kind, end + 1 if kind == "strong_close" else end)
            else:
                self._leaf(token, start, end)
        self._flush()
        while len(self._stack) > 1:
            self._abandon()
        return tuple(self._stack[0].children)

    def _add(self, item: AnyInline) -> None:
        """Put an inline into the innermost open markup."""
        self._stack[-1].children.append(item)

    def _leaf(self, token: Token, start: int, end: int) -> None:
        """Take a token that holds nothing else."""
        span = self._offsets.span(start, end)
        if token.type == "code_inline":
            self._add(Code(span=span, text=token.content))
        elif token.type == "softbreak":
            self._add(SoftBreak(span=span))
        elif token.type == "hardbreak":
            self._add(HardBreak(span=span))
        elif token.type == "image":
            self._image(str(token.attrs.get("src", "")), _words(token), str(token.attrs.get("title", "")), span)
        elif token.type == "footnote_ref":
            self._note(token, start, end)
        elif token.type == "html_inline":
            self._html(token.content, start, end)
        elif token.type == "pen_mark":
            self._pen(token, start, end)
        elif token.type in ("template_tag", "note_link", "formula"):
            self._foreign(token, start, end, span)
        else:  # pragma: no cover  (no other token is made)
            self._pieces.append((token.content, start, end))

    def _pen(self, token: Token, start: int, end: int) -> None:
        """Give the markup right before `{pen=blue}` its pen; behind anything else the braces are text."""
        before = self._stack[-1].children[-1] if self._stack[-1].children else None
        at = self._offsets.at(start)
        touching = before is not None and before.span is not None and before.span.end == at
        if touching and isinstance(before, (Strong, Emphasis, Mark, Strike, Code, Link)):
            assert before.span is not None
            span = before.span.covering(self._offsets.span(start, end))
            self._stack[-1].children[-1] = Penned(span=span, pen=token.content, children=(before,))
        else:
            self._pieces.append((self._content[start:end], start, end))

    def _foreign(self, token: Token, start: int, end: int, span: Span) -> None:
        """Take what other tools write: tags go, links between notes leave their words."""
        if token.type == "template_tag":
            shown = " ".join(token.content.split())
            if shown.strip("{}% -") in ("raw", "endraw"):
                return
            self._around.warn(
                f"the template tag {shown[:60]} is left out: nothing fills it in",
                span,
                "write it as `code` to show it",
                once=f"tag {shown}",
            )
        elif token.type == "formula":
            self._formula(token.content, span)
        else:
            told = "is not embedded, its name" if token.info else "cannot be followed from a page, its words"
            self._around.warn(f"the note “{token.content[:60]}” {told} stays", span, once=f"note {token.info}")
            self._pieces.append((token.content, start, end))

    def _formula(self, formula: str, span: Span) -> None:
        """Take a formula: as text with raised and lowered pieces, or as written where a line cannot hold it."""
        from banana_layout.syntax.tex import inlines_of

        self._flush()
        for item in inlines_of(formula, span, self._around.warn) or (Code(span=span, text=formula),):
            self._add(item)

    def _image(self, path: str, alt: str, title: str, span: Span) -> None:
        """Take an image."""
        self._add(InlineImage(span=span, path=path, alt=alt, title=title))

    def _note(self, token: Token, start: int, end: int) -> None:
        """Take a footnote mark."""
        if token.meta.get("inline"):
            inner = self._offsets.after(start + 2)
            label, number = self._around.written_note(token.content, inner)
        else:
            label = str(token.meta["label"])
            number = self._around.note_number(label)
        self._add(FootnoteRef(span=self._offsets.span(start, end), label=label, number=number))

    def _open(self, kind: str, closer: str, start: int, token: Token | None, url: str = "") -> None:
        """Begin a piece of markup."""
        title = ""
        if token is not None and kind == "link":
            url, title = str(token.attrs.get("href", "")), str(token.attrs.get("title", ""))
        if kind == "link" and kind not in self._active:
            url = self._followed(
                url, self._offsets.span(start, max(start + 1, (token.map or [0, 0])[1] if token else 0))
            )
            if not url:
                kind = ""
        if kind in self._active or len(self._active) >= _DEEPEST:
            kind = ""
        if kind:
            self._active.append(kind)
        self._stack.append(_Frame(kind, closer, start, [], url, title))

    def _followed(self, url: str, span: Span) -> str:
        """Return a link's target, or nothing, with a warning, where it may not be followed."""
        found = target(url)
        if not found.url:
            self._around.warn(
                f"the link to “{url[:80]}” is dropped, its text kept: {found.reason}",
                span,
                "links may be http:, https:, mailto: or #panel-id",
            )
            return ""
        if found.url.startswith("#"):
            inside = self._around.page_target(found.url)
            if inside is None:
                self._around.warn(f"the link to “{url[:80]}” is dropped, its text kept: nothing has that id", span)
                return ""
            return inside
        return found.url

    def _close(self, closer: str, end: int) -> None:
        """End a piece of markup, and any HTML left open in it."""
        if all(frame.closer != closer for frame in self._stack):
            return
        while self._stack[-1].closer != closer:
            self._abandon()
        frame = self._stack.pop()
        if frame.kind:
            self._active.pop()
            self._add(
                made(frame.kind, tuple(frame.children), self._offsets.span(frame.start, end), frame.url, frame.title)
            )
        else:
            self._stack[-1].children.extend(frame.children)

    def _abandon(self) -> None:
        """Give an element that was never closed back as the text it holds."""
        frame = self._stack.pop()
        if frame.kind:
            self._active.pop()
        if frame.closer.startswith("</"):
            self._around.warn(
                f"<{frame.closer[2:]} is never closed",
                self._offsets.span(frame.start, frame.start + len(frame.closer) - 1),
                f"write {frame.closer} after the words it is meant for",
            )
        self._stack[-1].children.extend(frame.children)

    def _html(self, tag: str, start: int, end: int) -> None:
        """Take an HTML tag: known ones become markup, comments nothing, others leave their text."""
        span = self._offsets.span(start, end)
        if tag.startswith("<!--"):
            return
        if tag.startswith("<![CDATA["):
            self._pieces.append((" ".join(tag[9:-3].split()), start + 9, end - 3))
            return
        found = _TAG.match(tag)
        if found is None:
            self._around.warn("an HTML declaration or instruction says nothing on a page", span)
            return
        name, closing = found[2].lower(), bool(found[1])
        if name == "br":
            self._add(HardBreak(span=span))
        elif name == "img":
            attributes = attributes_of(tag)
            self._image(attributes.get("src", ""), attributes.get("alt", ""), attributes.get("title", ""), span)
        elif name in ELEMENTS:
            if tag.endswith("/>"):
                return
            if not closing:
                self._open(ELEMENTS[name], f"</{name}>", start, None, attributes_of(tag).get("href", ""))
            elif self._closable(f"</{name}>"):
                self._close(f"</{name}>", end)
            else:
                self._around.warn(f"</{name}> closes nothing", span)
        elif name not in PLAIN:
            self._around.warn(f"HTML <{name}> is not drawn; its text is kept", span, once=f"html {name}")

    def _closable(self, closer: str) -> bool:
        """Tell whether an element is open with nothing but HTML open inside it."""
        for frame in reversed(self._stack):
            if frame.closer == closer:
                return True
            if not frame.closer.startswith("</"):
                return False
        return False

    def _flush(self) -> None:
        """Make the text gathered so far into inlines, addresses in it into links."""
        pieces = self._pieces
        if not pieces:
            return
        self._pieces = []
        text = "".join(piece[0] for piece in pieces) if len(pieces) > 1 else pieces[0][0]
        places = TextPlaces(pieces, self._offsets)
        at = 0
        linked = "link" in self._active or any(frame.closer == "link_close" for frame in self._stack)
        for bare in () if linked else bare_addresses(text):
            if bare.start > at:
                self._add(Text(span=places.span(at, bare.start), text=text[at : bare.start]))
            span = places.span(bare.start, bare.end)
            self._add(Link(span=span, url=bare.url, children=(Text(span=span, text=text[bare.start : bare.end]),)))
            at = bare.end
        if at < len(text):
            self._add(Text(span=places.span(at, len(text)), text=text[at:]))


def _words(token: Token) -> str:
    """Return an image's description without its markup."""
    out: list[str] = []
    for child in token.children or ():
        if child.type in ("text", "text_special", "code_inline"):
            out.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            out.append(" ")
        elif child.type == "image":
            out.append(_words(child))
        elif child.type == "footnote_ref":
            out.append(child.content or f"[{child.meta.get('label', '')}]")
    return "".join(out)
