"""From the model's inlines to lines in a room: the one place that says how emphasis looks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from banana_layout.color import WHITE, Color
from banana_layout.geometry.point import Pt
from banana_layout.geometry.size import Size
from banana_layout.layout.concepts import LEGIBLE, Concepts, Ink, ink_of
from banana_layout.layout.contract import Context, Room, Tone
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
    Subscript,
    Superscript,
    Text,
)
from banana_layout.scene.frame import Frame
from banana_layout.scene.item import Role
from banana_layout.scene.paint import Paint
from banana_layout.source import Diagnostic, Span
from banana_layout.text.paragraph import Prepared, Run, Setting, height, paragraph, prepare
from banana_layout.theme.text_style import Chip, FontRole, Highlight, TextStyle, Underline
from banana_layout.theme.theme import Theme

CODE_IN_LINE = 0.9
"""Size of code inside a line of the hand, which is narrower and looks smaller."""
BOLD = 0.0273
"""Outline added to bold body text, in em: 0.135 mm at 14 pt."""
HEAVY = 0.052
"""Outline added to headings, in em."""

COLOURED = 1.1
"""A ground with more contrast to white than this is coloured paper."""
SMALLEST_SCRIPT = 0.5
"""Raised and lowered pieces inside raised ones are no smaller, in em of the text (TeX's scriptscript size)."""
SCRIPTS_STAY = (-0.3, 0.5)
"""How far below and above the baseline they may stand, in em of the text."""
MARKED = (Penned, Strong, Emphasis, Mark, Code)
"""Markup whose words may have a pen of their own."""

Emphasised = Literal["marker", "pen", "ink"]
"""How bold shows: on a marker band, in the panel's pen, or by heavier ink alone."""


class Voice(msgspec.Struct, frozen=True):
    """How a stretch of running text is set."""

    style: str
    """What kind of line it is, as the layout's geometry names it."""
    role: FontRole = "body"
    """Which faces."""
    color: Color | None = None
    """Ink, or None for the theme's."""
    scale: float = 1.0
    """Size relative to the body size in force."""
    leading: float = 1.28
    """Distance of baselines, in em."""
    weight: float = 0.0
    """Outline added to all of it, in em."""
    strong: Emphasised = "marker"
    """How bold shows."""
    align: Literal["left", "center", "right"] = "left"
    """Where lines stand in the measure."""
    balance: bool = False
    """Whether lines are made equally long."""


def set_text(inlines: tuple[AnyInline, ...], voice: Voice, room: Room, context: Context, role: Role = "") -> Frame:
    """Return running text in lines no wider than the room; in a draft only its size."""
    prepared = prepared_text(inlines, voice, context)
    size = room.size * voice.scale
    if room.draft:
        _, tall = height(prepared, size, room.width, voice.leading)
        return Frame(Size(_drafted_width(prepared, room, size, voice, context), tall))
    return paragraph(
        prepared,
        Setting(
            size=size,
            measure=room.width,
            leading=voice.leading,
            align=voice.align,
            balance=voice.balance,
            style=voice.style,
            key=context.key,
            role=role,
        ),
    )


def _drafted_width(prepared: Prepared, room: Room, size: Pt, voice: Voice, context: Context) -> Pt:
    """Return how wide text is in a draft: more than the room where a word would have to be broken.

    Smaller type is then tried first. A word too long even for the smallest type counts as wide as the room: it is broken at
    any size.
    """
    wide = min(room.width, prepared.natural_width * size)
    if prepared.min_width * voice.scale * context.theme.type.body_min_pt > room.width:
        return wide
    return max(wide, prepared.min_width * size)


def prepared_text(inlines: tuple[AnyInline, ...], voice: Voice, context: Context) -> Prepared:
    """Return shaped text, shaped once a layout call; characters no face has are warned about."""
    # what of a voice shapes text or colours it; size, leading and place do neither
    own = (id(inlines), voice.role, voice.color, voice.weight, voice.strong, voice.style == "heading")
    memo_key = (own, context.tone)
    known = context.memo.get(memo_key)
    if known is not None:
        found: Prepared = known[0]
        return found
    runs = tuple(_runs(inlines, base_style(voice, context), voice, context))
    like = context.memo.get(own)
    prepared = prepare(runs, context.book, context.theme, context.lang, like)
    if like is None:
        context.memo[own] = prepared
    for cluster, span in prepared.missing:
        points = " ".join(f"U+{ord(c):04X}" for c in cluster)
        context.warn(
            Diagnostic(
                "warning",
                f"no font has {points}: a box with its number is drawn instead",
                span,
                ("use another character, or leave it out",),
                context.source,
            )
        )
    # The inlines ride along so that their id stays theirs while the memo lives.
    context.memo[memo_key] = (prepared, inlines)
    return prepared


def natural_width(inlines: tuple[AnyInline, ...], voice: Voice, room: Room, context: Context) -> float:
    """Return how wide the text is on one line, in points at the room's size."""
    return prepared_text(inlines, voice, context).natural_width * room.size * voice.scale


def base_style(voice: Voice, context: Context) -> TextStyle:
    """Return the style of unmarked text in a voice."""
    die_cut = context.tone.ground.contrast(WHITE) > COLOURED
    return TextStyle(voice.role, voice.color or context.theme.ink, weight=voice.weight, die_cut=die_cut)


def marker_ink(color: Color, opacity: float, theme: Theme) -> Paint:
    """Return a marker's paint on the theme's paper: it multiplies on light paper and covers on dark boards."""
    ground = theme.paper.color
    under = color.multiplied(ground) if theme.blend == "multiply" else color
    return Paint(color, opacity, theme.blend, ground.mix(under, opacity))


def highlight(color: Color, tone: Tone, theme: Theme) -> Highlight:
    """Return a marker band and what it looks like without blending."""
    stand_in = color.mix(WHITE, 0.08).multiplied(tone.ground) if theme.blend == "multiply" else color
    return Highlight(color, stand_in, theme.blend)


def _runs(inlines: Iterable[AnyInline], style: TextStyle, voice: Voice, context: Context) -> Iterable[Run]:
    """Yield styled runs."""
    ruled: Concepts | None = context.memo.get("concepts")
    for item in inlines:
        ink = ink_of(item, ruled) if ruled is not None and style.sign is None and isinstance(item, MARKED) else None
        if ink is not None:
            yield from _penned(item, ink, style, voice, context)
        elif isinstance(item, Text):
            yield Run(item.text, style, item.span)
        elif isinstance(item, SoftBreak):
            yield Run(" ", style, item.span)
        elif isinstance(item, HardBreak):
            yield Run("\n", style, item.span)
        elif isinstance(item, Code):
            yield Run(item.text, _chip(item.text, style, context.tone), item.span)
        elif isinstance(item, InlineImage):
            yield _image_words(item, style, context)
        elif isinstance(item, FootnoteRef):
            yield Run(str(item.number), _reference(style, item.number, context), item.span)
        else:
            yield from _runs(item.children, _styled(item, style, voice, context), voice, context)


def _penned(item: AnyInline, ink: Ink, style: TextStyle, voice: Voice, context: Context) -> Iterable[Run]:
    """Yield the runs of words with a pen of their own: its inks for the panel's, and its sign under them."""
    inside = msgspec.structs.replace(context, tone=ink.tone(context.tone))
    signed = msgspec.structs.replace(style, sign=ink.sign)
    inner = item.children if isinstance(item, Penned) else (item,)
    bare = not (len(inner) == 1 and isinstance(inner[0], MARKED))
    if bare and ink.pair.pen.contrast(context.tone.ground) >= LEGIBLE and voice.style != "heading":
        signed = msgspec.structs.replace(signed, color=ink.pair.pen)
    yield from _runs(inner, signed, voice, inside)


def _image_words(item: InlineImage, style: TextStyle, context: Context) -> Run:
    """Return an image inside a line as its words: pictures stand only in lines of their own."""
    span: Span | None = item.span
    message = f"an image inside a line of text is shown by its words: {item.alt or item.path}"
    context.warn(Diagnostic("warning", message, span, ("put the image in a paragraph of its own",), context.source))
    return Run(item.alt or item.path, msgspec.structs.replace(style, color=context.tone.pair.pen), span)


def _reference(style: TextStyle, number: int, context: Context) -> TextStyle:
    """Return the style of a footnote's mark: raised, and large and heavy enough to be found."""
    scale, weight = 0.74 * style.scale, max(style.weight, BOLD)
    pen, link = context.tone.pair.pen, f"#fn-{number}"
    return msgspec.structs.replace(style, scale=scale, rise=0.3, color=pen, weight=weight, link=link)


def _chip(text: str, style: TextStyle, tone: Tone) -> TextStyle:
    """Return the style of a code span: code in the code face, where 0 and o, l and 1 differ; figures and words in the hand."""
    chip = Chip(tone.pair.tint, tone.pair.pen)
    if not text.isascii() or (text.isdigit() and text != "0"):
        return msgspec.structs.replace(style, role="body", color=tone.pair.pen, chip=chip, highlight=None)
    scale = CODE_IN_LINE * style.scale
    return msgspec.structs.replace(style, role="code", scale=scale, color=tone.pair.pen, chip=chip, highlight=None)


def _marked(style: TextStyle, tone: Tone, theme: Theme) -> TextStyle:
    """Return a style with a marker band under it; a pen that reads badly on the band gives way to the ink."""
    band = highlight(tone.marker, tone, theme)
    color = style.color if style.color.contrast(band.stand_in) >= LEGIBLE else theme.ink
    return msgspec.structs.replace(style, highlight=band, color=color)


def _styled(
    item: Strong | Emphasis | Strike | Mark | Penned | Link | Superscript | Subscript,
    style: TextStyle,
    voice: Voice,
    context: Context,
) -> TextStyle:
    """Return the style inside an inline."""
    tone = context.tone
    if isinstance(item, Strong):
        heavier = msgspec.structs.replace(style, weight=max(style.weight, BOLD))
        if voice.strong == "marker":
            return _marked(heavier, tone, context.theme)
        return msgspec.structs.replace(heavier, color=tone.pair.pen) if voice.strong == "pen" else heavier
    if isinstance(item, Emphasis):
        under: Underline = "wavy" if style.sign is None else "none"
        return msgspec.structs.replace(style, slant=7.0, color=tone.pair.pen, underline=under)
    if isinstance(item, Penned):
        return style
    if isinstance(item, Strike):
        return msgspec.structs.replace(style, strike=True)
    if isinstance(item, Mark):
        return _marked(style, tone, context.theme)
    if isinstance(item, Link):
        # on the marker of a heading's tab the pen reads badly
        color = style.color if voice.style == "heading" else tone.pair.pen
        return msgspec.structs.replace(style, color=color, underline="straight", link=item.url)
    rise = 0.3 if isinstance(item, Superscript) else -0.16
    smaller = max(0.66 * style.scale, min(style.scale, SMALLEST_SCRIPT))
    lifted = min(max(style.rise + rise * style.scale, SCRIPTS_STAY[0]), SCRIPTS_STAY[1])
    return msgspec.structs.replace(style, scale=smaller, rise=lifted)
