"""What a brief's prose says of the page: its size, how it lies, its language."""

from __future__ import annotations

import re
from collections.abc import Iterable

from banana_layout.model.document import PageSize
from banana_layout.syntax import paper

_TOPIC = re.compile(
    r"비율|방향|용지|크기|사이즈|규격|이미지|한\s*장|치트\s*시트|포맷|orientation|ratio|size|format|page|paper|image|sheet|canvas|aspect|印刷|用紙|比率|向き|サイズ|画像|枚",
    re.IGNORECASE,
)
_LANDSCAPE = re.compile(
    r"가로\s*(?:방향|형|모드|로|A\d|\)|\()|landscape|horizontal\s+(?:page|layout|orientation|format)|横(?:向き|長|置き|型)|A\d\s*가로|A\d\s*横",
    re.IGNORECASE,
)
_PORTRAIT = re.compile(
    r"세로\s*(?:방향|형|모드|로|A\d|\)|\()|portrait|vertical\s+(?:page|layout|orientation|format)|縦(?:向き|長|置き|型)|A\d\s*세로|A\d\s*縦",
    re.IGNORECASE,
)
_WIDE = re.compile(r"(?<![\d:])16\s*[:：]\s*9(?![\d:])")
_TALL = re.compile(r"(?<![\d:])9\s*[:：]\s*16(?![\d:])")
_NAMED = re.compile(r"(?<![A-Za-z0-9])(A[3456]|B5|(?:US[\s-]*)?letter|legal)(?![A-Za-z0-9])", re.IGNORECASE)
_NOT_BEFORE = re.compile(
    r"(?:\bnot|\bnever|\bno|instead\s+of|rather\s+than)\s+(?:in\s+|a\s+|use\s+)?\W*\Z", re.IGNORECASE
)
_NOT_AFTER = re.compile(r"\W*(?:is|are|방향|형)?\s*(?:이|가|은|는)?\s*(?:not\b|아닌|아니|말고|ではな)", re.IGNORECASE)


def page_of(lines: Iterable[str]) -> PageSize:
    """Return the page some lines of prose ask for; A4, standing, where they say nothing."""
    name: str | None = None
    landscape: bool | None = None
    for line in lines:
        if not _TOPIC.search(line):
            continue
        found = _NAMED.search(line)
        if _WIDE.search(line) or _TALL.search(line):
            name, landscape = "16:9", bool(_WIDE.search(line))
        elif found and name is None:
            name = re.sub(r"(?i)us[\s-]*", "", found[1])
        lying, standing = _meant(_LANDSCAPE, line), _meant(_PORTRAIT, line)
        if landscape is None and (lying or standing):
            landscape = lying
    page = paper.named(name or "A4") or PageSize(595.275590551181, 841.8897637795275, "A4")
    return page if landscape is None else paper.turned(page, landscape=landscape)


def _meant(pattern: re.Pattern[str], line: str) -> bool:
    """Tell whether a line asks for what a pattern says, rather than against it."""
    return any(
        not _NOT_BEFORE.search(line[: m.start()]) and not _NOT_AFTER.match(line[m.end() :])
        for m in pattern.finditer(line)
    )


def lang_of(text: str) -> str:
    """Return the language of a text by its letters: kana is Japanese, Hangul Korean, else English."""
    kana = sum("\u3040" <= c <= "\u30ff" for c in text)
    hangul = sum("\uac00" <= c <= "\ud7a3" for c in text)
    if kana > hangul and kana * 20 > len(text.split()):
        return "ja"
    return "ko" if hangul * 20 > len(text.split()) else "en"
