"""What every page of a document is made with."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from banana_layout.font.book import FontBook
from banana_layout.geometry.rect import Rect
from banana_layout.layout.anatomy import Anatomy
from banana_layout.layout.concepts import Concepts
from banana_layout.layout.contract import Context, Placer, Tone
from banana_layout.layout.doodles_place import speakers
from banana_layout.model.document import Document
from banana_layout.source import Diagnostic
from banana_layout.theme.theme import Theme


class Press(msgspec.Struct, frozen=True):
    """What every page of a document is made with."""

    document: Document
    """The settings and the source."""
    theme: Theme
    """The look."""
    book: FontBook
    """The fonts."""
    place: Placer
    """Places any block."""
    warn: Callable[[Diagnostic], None]
    """Takes warnings."""
    concepts: Concepts | None = None
    """Words that have a pen of their own."""

    @property
    def anatomy(self) -> Anatomy:
        """The page's fixed distances."""
        page = self.document.settings.page
        return Anatomy.of(page.width, page.height)

    @property
    def content(self) -> Rect:
        """Page less margins."""
        page = self.document.settings.page
        return self.anatomy.page_box(page.width, page.height)

    def context(self, key: str) -> Context:
        """Return a fresh context for one page."""
        hero = self.theme.hero
        settings = self.document.settings
        return Context(
            theme=self.theme,
            book=self.book,
            tone=Tone(hero, self.theme.ink, self.theme.paper.color, hero.marker),
            key=key,
            place=self.place,
            warn=self.warn,
            source=self.document.source,
            base=self.document.base,
            keep=settings.fit == "keep",
            lang=settings.lang,
            memo={"anatomy": self.anatomy, "concepts": self.concepts, **speakers(self.document)},
        )
