"""Orders to the writer inside content ("Create a Mermaid mindmap …"): carried out where they say all, else left out."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from banana_layout.model.block import AnyBlock, List, ListItem, Paragraph
from banana_layout.model.inline import plain_text
from banana_layout.syntax.boxart import chain
from banana_layout.syntax.brief.hand import Hand
from banana_layout.syntax.brief.promised import TABLE, columns_of, table_of
from banana_layout.syntax.wireframe import Strip

_OBJECT = (
    r"(?:mind\s?-?map|flow\s?-?chart|diagram|mermaid|table|matrix|chart|quote|call-?out|check-?list|emoji|code\s?block|sketch|icon|"
    r"visual|schematic|timeline|graph|illustration|section|bullet)s?"
)
_ORDER = re.compile(
    rf"\s*(?:please\s+)?(?:create|draw|make|generate|build|design|add|include|use|provide|extract|insert|render|convert|show|present|"
    rf"produce|write|highlight)\b[^.\n]{{0,60}}?\b{_OBJECT}\b",
    re.IGNORECASE,
)
_READY_ORDER = re.compile(
    r"\s*(?:please\s+)?(?:create|draw|make|generate|extract|render|convert|produce|(?:add|include|use|insert|show)\b[^.\n]{0,30}\bmermaid)\b"
    r"[^.\n]{0,60}?\b(?:mind\s?-?map|flow\s?-?chart|diagram|mermaid|table|matrix|chart|quote|visual|schematic|timeline|illustration)s?\b",
    re.IGNORECASE,
)
"""What is an order even among content that is ready; there "Add a table of contents" is advice to the reader."""
_ORDER_KO = re.compile(
    r"[^\n]{0,80}(?:마인드\s?맵|플로우\s?차트|순서도|흐름도|다이어그램|mermaid|표|테이블|도식|인용구?|체크리스트|아이콘|이미지|섹션)\S{0,4}\s[^\n]{0,40}?"
    r"(?:생성|작성|그려|그리|만들|추출|변환|렌더링|표현|정리|추가|사용|배치)(?:해|하|어|합니다|할)?\s?(?:(?:주세요|주십시오|세요|십시오|시오|할\s?것|것|라|기)?[.:!]?\s*\Z|(?:주세요|주십시오|세요|십시오|할\s?것)[.:!]\s)",
    re.IGNORECASE,
)
_ORDER_JA = re.compile(
    r"[^\n]{0,60}(?:マインドマップ|フローチャート|図|表|ダイアグラム)を[^\n]{0,30}(?:作成|生成|描|作っ)[^\n]{0,12}\Z"
)
_ASKED = re.compile(r"주세요|주십시오|[하시]세요|십시오|시오|할\s?것|ください|下さい|すること")
"""Ends of orders in Korean and Japanese; without one "이미지 생성" may be a subject, too."""
_MAP = re.compile(r"mind\s?-?map|마인드\s?맵|マインドマップ", re.IGNORECASE)
_ROOT = re.compile(
    r"(?:root|center|centre|central(?:\s+\w+)?|루트|중심(?:\s*주제)?|중앙|ルート|中心)\s*(?:node|노드)?\s*[:：]\s*(?P<v>.+)",
    re.IGNORECASE,
)
_BRANCH = re.compile(
    r"(?:(?:main\s+)?branch|sub-?branch|level\s*\d(?:\s+branch)?|node|가지|브랜치|ブランチ|枝)\s*\d*(?:\.\d+)?\s*[:：]\s*(?P<v>.+)",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"(?:level\s*\d+\s*)?(?:main\s+|sub-?)?(?:branches|branch(?:es)?|children|nodes|가지들?|브랜치들?|레벨\s*\d+)[^:：]{0,20}[:：]?\s*",
    re.IGNORECASE,
)
_SPECIFIED = re.compile(
    r"\s*(?:columns?|headers?|rows?|format|style|colou?rs?|size|layout|direction|level\s*\d+|depth|orientation|컬럼|칼럼|열|행|형식|"
    r"스타일|색상?|크기|방향|레벨\s*\d+|列|行|形式|色)\b[^:：]{0,20}[:：]",
    re.IGNORECASE,
)
"""A line under an order that says how, not what."""
LONGEST_QUOTE = 60
"""Messages quote so many characters of an order."""
_LEVEL = re.compile(r"(?:level\s*\d+|레벨\s*\d+)\b", re.IGNORECASE)


def carried_out(blocks: Sequence[AnyBlock], hand: Hand, *, ready: bool = False) -> list[AnyBlock]:
    """Return content without orders; those that describe a mind map, a flowchart or a table in full become it.

    What is listed under an order that cannot be carried out stays, but for lines that only specify what was to be made.

    Args:
        blocks: a section's blocks.
        hand: takes the messages.
        ready: whether the section stands among content that is ready, where fewer lines are taken for orders.
    """
    out: list[AnyBlock] = []
    row = 0
    while row < len(blocks):
        block = blocks[row]
        following = blocks[row + 1] if row + 1 < len(blocks) else None
        row += 1
        if isinstance(block, Paragraph) and _is_order(plain_text(block.content), ready):
            details = following if isinstance(following, List) else None
            row += details is not None
            out += _made(plain_text(block.content), details, block, hand)
        elif isinstance(block, List):
            out += _items(block, hand, ready)
        else:
            out.append(block)
    return out


def promised(text: str) -> bool:
    """Tell whether a line orders a table by its columns, so that somebody may look for it on the page."""
    return bool(_is_order(text, False) and TABLE.search(text) and columns_of(text))


def short(text: str) -> str:
    """Return an order as a message quotes it."""
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_QUOTE else words[: LONGEST_QUOTE - 1].rstrip() + "…"


def _is_order(text: str, ready: bool) -> bool:
    """Tell whether a line tells the writer to make something."""
    if (_READY_ORDER if ready else _ORDER).match(text):
        return True
    return bool((_ORDER_KO.match(text) or _ORDER_JA.match(text)) and (not ready or _ASKED.search(text)))


def _items(block: List, hand: Hand, ready: bool) -> list[AnyBlock]:
    """Return a list without the items that are orders, and what those became, in the order they stood."""
    out: list[AnyBlock] = []
    kept: list[ListItem] = []
    start = block.start
    for index, item in enumerate(block.items):
        words = _words(item)
        if item.checked is not None or not _is_order(words, ready):
            kept.append(item)
            continue
        if kept:
            out.append(msgspec.structs.replace(block, items=tuple(kept), start=start))
        kept, start = [], block.start + index + 1
        details = [b for b in item.blocks if isinstance(b, List)]
        out += _made(words, details[0] if details else None, item.blocks[0], hand)
        out += [*details[1:], *(b for b in item.blocks if not isinstance(b, (List, Paragraph)))]
    return [*out, *([msgspec.structs.replace(block, items=tuple(kept), start=start)] if kept else [])]


def _made(order: str, details: List | None, at: AnyBlock, hand: Hand) -> list[AnyBlock]:
    """Return what becomes of an order and the list under it, and tell it."""
    items = details.items if details is not None else ()
    drawn = _drawn(order, _nodes(items), at, hand)
    if drawn is None and TABLE.search(order):
        drawn = table_of(order, items)
    if drawn is not None:
        hand.note(f"the order “{short(order)}” is carried out", at.span)
        return [drawn]
    kept = tuple(item for item in items if not _SPECIFIED.match(_words(item)))
    stays = "; what is listed under it stays" if kept else ""
    hand.warn(f"the order “{short(order)}” is left out: {_lacks(order)}{stays}", at.span, "write what it is to show")
    return _items(msgspec.structs.replace(details, items=kept), hand, ready=False) if details is not None else []


def _lacks(order: str) -> str:
    """Return what an order does not say."""
    if _MAP.search(order):
        return "it does not give a root and branches"
    if TABLE.search(order):
        return "it names columns, but no rows" if columns_of(order) else "it does not give columns and rows"
    return "it does not say in full what to show"


class Node(msgspec.Struct):
    """A line of a list with those under it."""

    text: str
    """Its words."""
    children: list[Node]
    """Those under it."""


def _words(item: ListItem) -> str:
    """Return an item's own words."""
    return " ".join(plain_text(b.content) for b in item.blocks if isinstance(b, Paragraph))


def _nodes(items: Sequence[ListItem]) -> list[Node]:
    """Return items as nodes."""
    return [
        Node(_words(item).strip(), [n for b in item.blocks if isinstance(b, List) for n in _nodes(b.items)])
        for item in items
    ]


def _drawn(order: str, details: list[Node], at: AnyBlock, hand: Hand) -> AnyBlock | None:
    """Return what an order describes in full, or None."""
    span = at.span
    strips = [Strip(0, span.start, "")] if span else []
    if _MAP.search(order):
        text = _mind_map(details)
        return hand.diagram(text, strips) if text and strips else None
    for line in [order.partition(":")[2], *(n.text for n in details)]:
        label, _, rest = line.partition(":")
        for words in (line, rest if len(label) < 30 else ""):
            found = chain.at([Strip(0, 0, words.strip())], 0) if words.strip() else None
            if found is not None and len(found[0].steps) > 2 and strips:
                return hand.diagram(chain.mermaid_of(found[0]), strips)
    return None


def _mind_map(details: list[Node]) -> str:
    """Return a mind map as Mermaid text, or nothing where root and branches are not both given."""
    root = ""
    branches: list[Node] = []
    for node in details:
        found = _ROOT.match(node.text)
        if found:
            root = found["v"]
            branches += node.children
        elif _GROUP.fullmatch(node.text):
            branches += node.children
        elif _LEVEL.match(node.text) and not node.children:
            continue
        else:
            branches.append(node)
    if not root or not branches:
        return ""
    lines = ["mindmap", f'  root(("{chain.escaped(_unquoted(root))}"))']
    _branches(branches, 2, lines)
    return "\n".join(lines)


def _branches(nodes: list[Node], depth: int, lines: list[str]) -> None:
    """Add branches and what hangs on them."""
    for node in nodes:
        found = _BRANCH.match(node.text)
        text = found["v"] if found else node.text
        label, mark, rest = text.partition(": ")
        if mark and not node.children and depth == 2:
            lines.append(f'{"  " * depth}n{len(lines)}["{chain.escaped(_unquoted(label))}"]')
            leaves = [s.strip() for s in re.split(r"[,，、;]\s*|\s*→\s*", rest) if s.strip()]
            lines += [
                f'{"  " * (depth + 1)}n{len(lines) + i}["{chain.escaped(_unquoted(s))}"]' for i, s in enumerate(leaves)
            ]
            continue
        lines.append(f'{"  " * depth}n{len(lines)}["{chain.escaped(_unquoted(text))}"]')
        if depth < 8:
            _branches(node.children, depth + 1, lines)


def _unquoted(text: str) -> str:
    """Return a text without quotation marks around it."""
    return text.strip().strip("\"“”'").strip()
