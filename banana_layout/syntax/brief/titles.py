"""What a title says beside its words: notes to whoever lays the page out, where it is to stand, whether it is the hero."""

from __future__ import annotations

import difflib
import re
import unicodedata
from typing import NamedTuple

_BRACKETED = re.compile(r"[(\[（［【<〈][^()\[\]（）［］【】<>〈〉\n]{1,60}[)\]）］】>〉]")
_HERO = re.compile(
    r"가장\s*(?:넓|크|큰|중요|길)|제일\s*(?:넓|크|큰)|최대\s*(?:크기|면적|영역)|핵심\s*(?:중앙|영역|섹션|구역|파트|!)|메인\s*(?:영역|섹션|구역)|"
    r"(?:widest|largest|biggest|hero\b|focal|most\s+(?:space|room|prominent|important)|main\s+(?:area|section|panel|part|visual))|"
    r"make\s+(?:this|it)\s+(?:the\s+)?(?:big|wide|large)|一番(?:大き|広)|最も(?:大き|広)|最大|メイン|主役|중심\s*(?:영역|섹션)",
    re.IGNORECASE,
)
_LONE_HERO = re.compile(r"(?:핵심|메인|중심|hero|main|key)\s*!*", re.IGNORECASE)
_AREA = re.compile(
    r"(?:이\s*)?(?:영역|섹션|구역|파트|패널|칸|부분|박스|area|section|panel|cell|box|zone|row|column|part|エリア|セクション|パネル|欄)",
    re.IGNORECASE,
)
_PLACES: dict[str, str] = {
    "중상단": "upper", "중하단": "lower", "상단": "top", "하단": "bottom", "중단": "middle", "중앙": "middle", "가운데": "middle",
    "맨위": "top", "맨아래": "bottom", "위쪽": "top", "아래쪽": "bottom", "윗줄": "top", "아랫줄": "bottom",
    "좌측": "left", "우측": "right", "왼쪽": "left", "오른쪽": "right", "좌": "left", "우": "right",
    "top": "top", "upper": "top", "bottom": "bottom", "lower": "bottom", "middle": "middle", "center": "middle",
    "centre": "middle", "left": "left", "right": "right",
    "左上": "top left", "右上": "top right", "左下": "bottom left", "右下": "bottom right", "左": "left", "右": "right",
    "上段": "top", "中段": "middle", "下段": "bottom", "中央": "middle", "上部": "top", "下部": "bottom", "上": "top", "下": "bottom",
}  # fmt: skip
_FILLERS = re.compile(
    r"전체\s*너비|가로\s*전체|전체\s*폭|full[\s-]?width|whole\s+width|全幅|\d+\s*%|\d+\s*등분|좌우|첫\s*번째|두\s*번째|세\s*번째|"
    r"배치|분할|the\b|of\b|and\b|most\b|side\b|hand\b|corner\b|の|側|[·,/+\-–—:|~&\s.!]",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s*[-–—:←*]+\s*(?:핵심|메인|가장\s*(?:넓게|크게)|hero|key|main|widest|largest|biggest|最大|メイン)\s*!*\s*\Z",
    re.IGNORECASE,
)
_PLACE = re.compile("|".join(sorted(map(re.escape, _PLACES), key=len, reverse=True)), re.IGNORECASE)
_NUMBER = re.compile(
    r"\A\s*(?:(?:section|part|섹션|파트|panel)\s*)?(?:\d{1,2}(?:\.\d{1,2})*\s*[.):]|[①-⑳]|[A-Z][.)](?=\s))\s*",
    re.IGNORECASE,
)
_ARTICLES = {"a", "an", "the", "of", "and", "및", "와", "과", "の"}

ALIKE = 0.62
"""Titles at least this alike are the same panel's."""


class Notes(NamedTuple):
    """A title and what was said beside it."""

    keep: tuple[tuple[int, int], ...]
    """Stretches of the text that are the title."""
    hero: bool = False
    """Whether it asks to be the widest."""
    places: tuple[str, ...] = ()
    """Words of `top upper middle lower bottom left right`."""


def notes_of(text: str) -> Notes:
    """Return what of a title is words for the page and what is a note to the layouter."""
    keep: list[tuple[int, int]] = []
    hero, places, at = False, list[str](), 0
    end = len(text)
    tail = _TAIL.search(text)
    if tail and tail.start() > 0:
        hero, end = True, tail.start()
    for found in _BRACKETED.finditer(text, 0, end):
        inside = found[0][1:-1].strip()
        place = place_words(inside)
        asks = bool(_HERO.search(inside) or _LONE_HERO.fullmatch(inside))
        if not asks and not (place or _only_place(inside)):
            continue
        hero |= asks
        places += place
        keep.append((at, found.start()))
        at = found.end()
    keep.append((at, end))
    return Notes(tuple((a, b) for a, b in keep if text[a:b].strip()), hero, tuple(dict.fromkeys(places)))


def place_words(text: str) -> tuple[str, ...]:
    """Return where a note says something is to stand, if it says nothing else."""
    return tuple(w for f in _PLACE.finditer(text) for w in _PLACES[f[0].lower()].split()) if _only_place(text) else ()


def _only_place(text: str) -> bool:
    """Tell whether a note consists of words about places alone."""
    left = _FILLERS.sub("", _AREA.sub("", _PLACE.sub("", text)))
    return bool(text.strip()) and not left.strip()


def asks_hero(text: str) -> bool:
    """Tell whether a line asks for the most room."""
    return bool(_HERO.search(text))


def places_in(text: str) -> tuple[str, ...]:
    """Return all words about places in a line."""
    return tuple(w for f in _PLACE.finditer(text) for w in _PLACES[f[0].lower()].split())


def plain(text: str) -> str:
    """Return a title's words for comparing: without emoji, numbers, notes, case, punctuation and articles."""
    found = notes_of(text)
    text = " ".join(text[a:b] for a, b in found.keep)
    kept = "".join(
        c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in _NUMBER.sub("", _no_emoji(text))
    )
    words = kept.casefold().split()
    return " ".join([w for w in words if w not in _ARTICLES] or words)


def _no_emoji(text: str) -> str:
    """Return a text without symbols at its start."""
    at = 0
    while at < len(text) and (not text[at].isalnum() and text[at] not in "(["):
        at += 1
    return text[at:]


def likeness(one: str, other: str) -> float:
    """Return how alike two titles are, 0 to 1; 1 where their words are the same."""
    a, b = plain(one), plain(other)
    if not a or not b:
        return 0.0
    if a == b or a.replace(" ", "") == b.replace(" ", ""):
        return 1.0
    short_a, short_b = _outside(one), _outside(other)
    if short_a and short_a == short_b:
        return 0.95
    left, right = set(a.split()), set(b.split())
    common = left & right
    if common and common in (left, right):
        share = sum(map(len, common)) / max(sum(map(len, left)), sum(map(len, right)))
        return 0.62 + 0.3 * share if len("".join(common)) >= 4 or share > 0.4 else 0.6 * share
    jaccard = len(common) / len(left | right)
    ratio = difflib.SequenceMatcher(None, a, b, autojunk=False).ratio() if max(len(a), len(b)) < 120 else 0.0
    return max(0.9 * jaccard, 0.85 * ratio if ratio >= 0.75 else 0.5 * ratio)


def _outside(text: str) -> str:
    """Return a title's words outside brackets."""
    return plain(_BRACKETED.sub(" ", text))
