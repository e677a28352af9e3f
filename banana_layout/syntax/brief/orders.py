"""Orders to the writer inside content ("Create a Mermaid mindmap …"): carried out where they say all, else left out."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from banana_layout.model.block import AnyBlock, List, ListItem, Paragraph
from banana_layout.model.inline import plain_text
from banana_layout.syntax.boxart import chain
from banana_layout.syntax.brief.hand import Hand
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
_ORDER_KO = re.compile(
    r"[^\n]{0,80}(?:마인드\s?맵|플로우\s?차트|순서도|흐름도|다이어그램|mermaid|표|테이블|도식|인용구?|체크리스트|아이콘|이미지|섹션)\S{0,4}\s[^\n]{0,40}?"
    r"(?:생성|작성|그려|그리|만들|추출|변환|렌더링|표현|정리|추가|사용|배치)(?:해|하|어|합니다|할)?\s?(?:주세요|주십시오|세요|십시오|시오|할\s?것|것|라|기)?[.:!]?\s*\Z",
    re.IGNORECASE,
)
_ORDER_JA = re.compile(
    r"[^\n]{0,60}(?:マインドマップ|フローチャート|図|表|ダイアグラム)を[^\n]{0,30}(?:作成|生成|描|作っ)[^\n]{0,12}\Z"
)
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
_LEVEL = re.compile(r"(?:level\s*\d+|레벨\s*\d+)\b", re.IGNORECASE)


def carried_out(blocks: Sequence[AnyBlock], hand: Hand) -> list[AnyBlock]:
    """Return content without orders; those that describe a mind map or a flowchart in full become it."""
    out: list[AnyBlock] = []
    row = 0
    while row < len(blocks):
        block = blocks[row]
        following = blocks[row + 1] if row + 1 < len(blocks) else None
        if isinstance(block, Paragraph) and _is_order(plain_text(block.content)):
            details = following if isinstance(following, List) else None
            drawn = _drawn(plain_text(block.content), _nodes(details.items) if details else [], block, hand)
            _tell(block, drawn, hand)
            out += [drawn] if drawn is not None else []
            row += 1 + (drawn is not None and details is not None)
            continue
        if isinstance(block, List):
            kept, made = _items(block, hand)
            out += [kept] if kept is not None else []
            out += made
        else:
            out.append(block)
        row += 1
    return out


def _is_order(text: str) -> bool:
    """Tell whether a line tells the writer to make something."""
    return bool(_ORDER.match(text) or _ORDER_KO.match(text) or _ORDER_JA.match(text))


def _items(block: List, hand: Hand) -> tuple[List | None, list[AnyBlock]]:
    """Return a list without the items that are orders, and what those became."""
    kept: list[ListItem] = []
    made: list[AnyBlock] = []
    for item in block.items:
        words = _words(item)
        if item.checked is None and _is_order(words):
            drawn = _drawn(words, _children(item), item.blocks[0], hand)
            _tell(item.blocks[0], drawn, hand)
            made += [drawn] if drawn is not None else []
        else:
            kept.append(item)
    return (msgspec.structs.replace(block, items=tuple(kept)) if kept else None), made


def _tell(block: AnyBlock, drawn: AnyBlock | None, hand: Hand) -> None:
    """Say what became of an order."""
    done = "carried out" if drawn is not None else "left out: it does not say in full what to draw"
    hand.note(f"an order to the writer is {done}", block.span)


class Node(msgspec.Struct):
    """A line of a list with those under it."""

    text: str
    """Its words."""
    children: list[Node]
    """Those under it."""


def _words(item: ListItem) -> str:
    """Return an item's own words."""
    return " ".join(plain_text(b.content) for b in item.blocks if isinstance(b, Paragraph))


def _children(item: ListItem) -> list[Node]:
    """Return what is listed under an item."""
    return [node for b in item.blocks if isinstance(b, List) for node in _nodes(b.items)]


def _nodes(items: Sequence[ListItem]) -> list[Node]:
    """Return items as nodes."""
    return [Node(_words(item).strip(), _children(item)) for item in items]


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
