"""Random text in the scripts sheets are written in."""

from __future__ import annotations

from typing import Literal

from hypothesis import strategies as st

Script = Literal["korean", "english", "japanese", "emoji", "marks"]
"""Where a word comes from."""

VOCABULARY: dict[Script, tuple[str, ...]] = {
    "korean": ("확률", "분포에서", "하나씩", "뽑는다", "다른", "단계", "고정!", "다음", "학습과", "추론은"),
    "english": ("token", "sampling", "a", "parameters", "next", "probability", "fixed", "text"),
    "japanese": ("日本語の", "文字", "確率", "サンプリング", "です。"),
    "emoji": ("🎲", "📊", "⚡", "👩‍🚀", "🇰🇷", "1️⃣", "❤️"),
    "marks": ("→", "A&B", "x<y", "3.14", "“따옴표”", "token을", "Training과", "≤", "½"),
}
"""What random text is made of: Korean with particles on English, marks that need escaping, joined emoji."""

ALL: tuple[Script, ...] = ("korean", "english", "japanese", "emoji", "marks")
"""Every script, the simplest first."""

_SURROUNDS = ("", "", "**", "*", "`", "==", "~~")
_SAFE = st.characters(
    codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="`*_~=[]<>()#|{}!\\&:$^+-\"'@/.%"
)


def words(least: int = 1, most: int = 6, scripts: tuple[Script, ...] = ALL) -> st.SearchStrategy[str]:
    """Return a strategy of short texts of whole words; they shrink to fewer and plainer words."""
    known = [word for script in scripts for word in VOCABULARY[script]]
    return st.lists(st.sampled_from(known), min_size=least, max_size=most).map(" ".join)


def texts(least: int = 1, most: int = 30, scripts: tuple[Script, ...] = ALL) -> st.SearchStrategy[str]:
    """Return a strategy of running text; now and then it holds a word of arbitrary letters."""
    odd = st.text(_SAFE, min_size=1, max_size=8)
    word = st.one_of(words(1, 1, scripts), words(1, 1, scripts), words(1, 1, scripts), odd)
    return st.lists(word, min_size=least, max_size=most).map(" ".join)


def titles() -> st.SearchStrategy[str]:
    """Return a strategy of headings, often with an icon before them."""
    icon = st.sampled_from(("", *VOCABULARY["emoji"]))
    return st.tuples(icon, words(1, 3, ("english", "korean"))).map(lambda t: " ".join(t).strip())


@st.composite
def inlines(draw: st.DrawFn, most: int = 6) -> str:
    """Return a line of Markdown, part of which may be bold, italic, code, marked, struck or a link."""
    plain = words(1, most, ("korean", "english", "japanese", "marks"))
    text = draw(st.one_of(plain, plain, plain, texts(1, most)))
    if draw(st.integers(0, 9)) == 9:
        return f"[{text}](https://example.org/a?b=c&d=e) {draw(words(1, 2))}"
    around = draw(st.sampled_from(_SURROUNDS))
    return f"{around}{text}{around} {draw(words(1, 3))}" if around else text
