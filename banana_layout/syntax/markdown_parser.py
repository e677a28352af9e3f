"""markdown-it-py set up for sheets: every inline token knows where it stands, CJK text may be emphasised, nesting is bounded.

Importing this module imports markdown_it (40 ms); the readers do so only when a text is read.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Literal

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.helpers import parseLinkLabel
from markdown_it.parser_block import ParserBlock
from markdown_it.parser_inline import ParserInline, RuleFuncInlineType
from markdown_it.rules_block.state_block import StateBlock
from markdown_it.rules_inline import (
    autolink,
    backtick,
    emphasis,
    entity,
    escape,
    html_inline,
    image,
    link,
    newline,
    strikethrough,
)
from markdown_it.rules_inline.state_inline import Delimiter, Scanned, StateInline
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath.index import math_block_dollar
from mdit_py_plugins.footnote.index import footnote_def, footnote_ref

from banana_layout.source import BananaError, Source, Span
from banana_layout.syntax.foreign_inline import bracketed_formula, formula, note_link, template_tag
from banana_layout.syntax.pen_marks import pen_mark, penned_words

if TYPE_CHECKING:
    from collections.abc import MutableMapping

DEPTH = 100
"""Blocks may be nested this deep; one deeper is an error."""

_INLINE_DEPTH = 32
"""Brackets may be nested this deep; deeper ones stay text."""

_IMAGE_DEPTH = 4
"""Images inside images' descriptions are read this deep; deeper ones stay text."""

_EQUALS = ord("=")


class _SheetInline(StateInline):
    """Inline state that remembers where pending text began."""

    began = 0
    """Offset of the first pending character."""

    def pushPending(self) -> Token:  # noqa: N802  (markdown-it's name)
        """Flush the pending text as a token that knows its place."""
        token = super().pushPending()
        token.map = [self.began, self.began + len(token.content)]
        return token

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803  (markdown-it's names)
        """Tell whether a run of markers may open or close emphasis.

        CommonMark 0.31 section 6.2, but punctuation beside a CJK character does not keep a run from closing, so that
        `**"인용"**은` is bold although 은 follows at once (as the "CJK-friendly emphasis" amendment has it).
        """
        src, pos, maximum = self.src, start, self.posMax
        marker = src[start]
        while pos < maximum and src[pos] == marker:
            pos += 1
        last = src[start - 1] if start > 0 else " "
        following = src[pos] if pos < maximum else " "
        last_space, next_space = isWhiteSpace(ord(last)), isWhiteSpace(ord(following))
        last_cjk, next_cjk = _is_cjk(last), _is_cjk(following)
        last_mark = not last_cjk and (isMdAsciiPunct(ord(last)) or isPunctChar(last))
        next_mark = not next_cjk and (isMdAsciiPunct(ord(following)) or isPunctChar(following))
        left = not (next_space or (next_mark and not (last_space or last_mark or last_cjk)))
        right = not (last_space or (last_mark and not (next_space or next_mark or next_cjk)))
        return Scanned(
            left and (canSplitWord or not right or last_mark),
            right and (canSplitWord or not left or next_mark),
            pos - start,
        )


def _is_cjk(char: str) -> bool:
    """Tell whether a character is Hangul, kana, a Chinese character or CJK punctuation."""
    code = ord(char)
    return (
        0x1100 <= code <= 0x11FF
        or 0x2E80 <= code <= 0x9FFF
        or 0xA960 <= code <= 0xA97F
        or 0xAC00 <= code <= 0xD7FF
        or 0xF900 <= code <= 0xFAFF
        or 0xFE30 <= code <= 0xFE4F
        or 0xFF00 <= code <= 0xFFEF
        or 0x20000 <= code <= 0x3FFFF
    )


class _SheetInlineParser(ParserInline):
    """Inline parser that tries only the rules a character can begin, and writes each token's place in `Token.map`."""

    def __init__(self) -> None:
        super().__init__()
        self._table: dict[str, tuple[RuleFuncInlineType, ...]] = {
            "\n": (newline,),
            "\\": (bracketed_formula, escape),
            "`": (backtick,),
            "~": (strikethrough.tokenize,),
            "=": (_mark,),
            "*": (emphasis.tokenize,),
            "_": (emphasis.tokenize,),
            "[": (note_link, penned_words, link, footnote_ref),
            "!": (note_link, image),
            "^": (_inline_note,),
            "<": (autolink, html_inline),
            "&": (entity,),
            "{": (pen_mark, template_tag),
            "$": (formula, bracketed_formula),
        }

    def skipToken(self, state: StateInline) -> None:  # noqa: N802  (markdown-it's name)
        """Step over one token without making it."""
        pos, cache = state.pos, state.cache
        known = cache.get(pos)
        if known is not None:
            state.pos = known
            return
        ok = False
        if state.level < _INLINE_DEPTH:
            for rule in self._table.get(state.src[pos], ()):
                state.level += 1
                ok = rule(state, True)
                state.level -= 1
                if ok:
                    break
        else:
            state.pos = state.posMax
        if not ok:
            state.pos += 1
        cache[pos] = state.pos

    def tokenize(self, state: StateInline) -> None:
        """Make the tokens of a range."""
        end, tokens, src = state.posMax, state.tokens, state.src
        assert isinstance(state, _SheetInline)
        search = self.terminator_re.search
        while state.pos < end:
            pos = state.pos
            if not state.pending:
                state.began = pos
            rules = self._table.get(src[pos])
            if rules is None:
                found = search(src, pos + 1, end)
                state.pos = found.start() if found else end
                state.append_pending(src[pos : state.pos])
                continue
            count = len(tokens)
            ok = False
            for rule in rules:
                ok = rule(state, False)
                if ok:
                    break
            if ok:
                if len(tokens) > count:
                    _label(tokens, count, pos, state.pos)
            else:
                state.append_pending(src[pos])
                state.pos += 1
        if state.pending:
            state.pushPending()

    def parse(self, src: str, md: MarkdownIt, env: MutableMapping[str, Any], tokens: list[Token]) -> list[Token]:
        """Add a text's tokens to a list."""
        state = _SheetInline(src, md, env, tokens)
        env["nested"] = env.get("nested", 0) + 1
        if env["nested"] > _IMAGE_DEPTH:
            state.append_pending(src)
            state.pushPending()
        else:
            self.tokenize(state)
            for rule in self.ruler2.getRules(""):
                rule(state)
        env["nested"] -= 1
        return state.tokens


def _label(tokens: list[Token], first: int, start: int, end: int) -> None:
    """Give the tokens a rule made their places."""
    fresh = [token for token in tokens[first:] if token.map is None]
    if all(token.type == "text" for token in fresh):
        at = start
        for token in fresh:
            token.map = [at, at + len(token.content)]
            at += len(token.content)
        return
    auto = fresh[0].info == "auto"
    for token in fresh:
        token.map = [start + 1, end - 1] if auto and token.type == "text" else [start, end]


def _mark(state: StateInline, silent: bool) -> bool:
    """Read the `==` of `==marked==` as delimiters."""
    if silent:
        return False
    scanned = state.scanDelims(state.pos, True)
    if scanned.length < 2:
        return False
    if scanned.length % 2:
        state.push("text", "", 0).content = "="
    for _ in range(scanned.length // 2):
        state.push("text", "", 0).content = "=="
        state.delimiters.append(
            Delimiter(_EQUALS, 0, len(state.tokens) - 1, -1, open=scanned.can_open, close=scanned.can_close)
        )
    state.pos += scanned.length
    return True


def _pair_marks(state: StateInline) -> None:
    """Turn matched `==` delimiters into mark tokens."""
    groups = [state.delimiters, *(meta["delimiters"] for meta in state.tokens_meta if meta)]
    for group in groups:
        for delimiter in group:
            if delimiter.marker == _EQUALS and delimiter.end != -1:
                for index, kind, nesting in (
                    (delimiter.token, "mark_open", 1),
                    (group[delimiter.end].token, "mark_close", -1),
                ):
                    token = state.tokens[index]
                    token.type, token.nesting, token.content = kind, nesting, ""


def _inline_note(state: StateInline, silent: bool) -> bool:
    """Read `^[a footnote written where it is used]`."""
    start, src = state.pos, state.src
    if start + 2 >= state.posMax or src[start + 1] != "[":
        return False
    end = parseLinkLabel(state, start + 1)
    if end < 0:
        return False
    if not silent:
        token = state.push("footnote_ref", "", 0)
        token.content = src[start + 2 : end]
        token.meta = {"inline": True}
    state.pos = end + 1
    return True


class _SheetBlocks(StateBlock):
    """Block state that remembers where table rows begin."""

    depth = 0
    """How many block parsers are at work inside one another."""
    row = 0
    """Line of the table row to come."""

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """Add a token; a table row's gets the offset its text begins at."""
        token = super().push(ttype, tag, nesting)
        if ttype == "table_open":
            self.row = self.line
        elif ttype == "tr_open":
            token.meta["at"] = self.bMarks[self.row] + self.tShift[self.row]
        elif ttype in ("tr_close", "thead_close"):
            self.row += 1
        return token


class _SheetBlockParser(ParserBlock):
    """Block parser that refuses endless nesting instead of dropping it."""

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803  (markdown-it's names)
        """Make the tokens of some lines."""
        assert isinstance(state, _SheetBlocks)
        state.depth += 1
        if state.depth > DEPTH:
            source: Source = state.env["source"]
            at = state.bMarks[startLine] + state.tShift[startLine]
            raise BananaError.single(
                f"blocks are nested more than {DEPTH} deep",
                Span(at, at + 1),
                ("lists and quotes this deep cannot be drawn; flatten them",),
                source,
            )
        super().tokenize(state, startLine, endLine)
        state.depth -= 1


class _Noted(dict[str, Any]):
    """Link definitions that remember which of them were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        """Return a definition."""
        self.asked.add(key)
        return super().get(key, default)


class Parsed:
    """A text's block tokens and where its lines are."""

    def __init__(self, text: str, source: Source) -> None:
        md = _parser()
        self._links = _Noted()
        self.env: dict[str, Any] = {"source": source, "references": self._links}
        """markdown-it's notebook: link definitions and footnotes."""
        state = _SheetBlocks(text, md, self.env, [])
        self.starts = tuple(state.bMarks)
        """Offset of each line's first character; one more entry for the end."""
        self.ends = tuple(state.eMarks)
        """Offset after each line's last character."""
        md.block.tokenize(state, 0, state.lineMax)
        self.tokens = state.tokens
        """The block tokens, flat."""

    def unused_links(self) -> list[tuple[str, int, int]]:
        """Return the link definitions nothing asked for so far: title, first line and the line after the last."""
        links = self._links
        return [(name, *links[name]["map"]) for name in links if name not in links.asked]

    def inline(self, content: str) -> list[Token]:
        """Return the inline tokens of a text; each `map` counts characters in it."""
        md = _parser()
        tokens: list[Token] = md.inline.parse(content, md, self.env, [])
        return tokens


@functools.lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    """Return the one parser; it holds no state of a text."""
    md = MarkdownIt("commonmark", {"maxNesting": 1_000_000})
    md.inline = _SheetInlineParser()
    md.block = _SheetBlockParser()
    md.inline.ruler2.enableOnly(["balance_pairs", "strikethrough", "emphasis"])
    md.inline.ruler2.push("mark", _pair_marks)
    md.block.ruler.before(
        "reference",
        "footnote_def",
        footnote_def,
        {"alt": ["paragraph", "reference"]},
    )
    admon_plugin(md)
    md.block.ruler.before("fence", "math_block", math_block_dollar(False, str, False), {"alt": ["paragraph"]})
    deflist_plugin(md)
    # what is safe is decided where there are spans, and paths stay as written
    md.validateLink = _every  # type: ignore[method-assign]
    md.normalizeLink = _as_written  # type: ignore[method-assign]
    md.normalizeLinkText = _as_shown  # type: ignore[method-assign]
    return md


def _every(url: str) -> bool:
    """Let every target through."""
    return True


def _as_written(url: str) -> str:
    """Return a target unchanged."""
    return url


def _as_shown(link: str) -> str:
    """Return an address unchanged."""
    return link
