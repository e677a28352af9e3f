"""The fonts a document's front matter names take the place of the theme's, role by role."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path as FilePath

import msgspec

from banana_layout import resources
from banana_layout.font.book import FontBook
from banana_layout.font.own import own_face
from banana_layout.model.document import Document
from banana_layout.source import BananaError, Diagnostic, Span
from banana_layout.theme.theme import Theme


def with_own_fonts(theme: Theme, document: Document, book: FontBook, warn: Callable[[Diagnostic], None]) -> Theme:
    """Return the theme with the document's own fonts before its faces; the book knows them from then on.

    A sign that a font has not comes from the theme's faces, as ever. Raises BananaError, at the path's place, for a file outside the
    document's folder, and for one that is no font or may not be embedded.
    """
    if not document.settings.fonts:
        return theme
    faces = msgspec.structs.asdict(theme.faces)
    wrong: list[Diagnostic] = []
    for role, name in document.settings.fonts:
        if role not in faces:
            known = ", ".join(faces)
            wrong.append(_told(f"no text has the role “{role[:80]}”", document, role, (f"roles are {known}",)))
            continue
        try:
            face = own_face(_file(name, document))
        except BananaError as error:
            wrong += [_told(d.message, document, name, d.hints) for d in error.diagnostics]
            continue
        book.adopt(face)
        if document.settings.lang.startswith("ko") and face.gid("가") is None:
            message = f"the font {FilePath(name).name} has no Hangul: Korean is written in the theme's own hand"
            warn(msgspec.structs.replace(_told(message, document, name, ()), severity="warning"))
        faces[role] = (face.id, *faces[role])
    if wrong:
        raise BananaError(*wrong)
    return msgspec.structs.replace(theme, faces=type(theme.faces)(**faces))


def recall(theme: Theme, document: Document, book: FontBook) -> None:
    """Let the book know a layout's own fonts anew: the layout came from another process, or many others were drawn since.

    Raises BananaError where a file has gone or is another font by now.
    """
    named = {face.partition(":")[0] for faces in msgspec.structs.asdict(theme.faces).values() for face in faces}
    if all(map(book.has, named)):
        return
    with_own_fonts(theme, document, book, lambda _: None)
    if not all(map(book.has, named)):
        files = ", ".join(FilePath(name).name for _, name in document.settings.fonts)
        raise BananaError.single(f"a font has changed since the page was laid out: {files}", hints=("lay it out anew",))


def _file(name: str, document: Document) -> FilePath:
    """Return the file a path names, below the document's folder."""
    if document.base is None:
        raise BananaError.single(
            f"the font {name[:80]} cannot be read: a text without a file has no folder",
            hints=('read the document from a file, or name a folder in Python: Sheet(…, base="folder")',),
        )
    file = None if "://" in name else resources.below(FilePath(document.base), name)
    if file is None:
        raise BananaError.single(
            f"the font {name[:80]} lies outside the document's folder", hints=("copy it below that folder",)
        )
    return file


def _told(message: str, document: Document, word: str, hints: tuple[str, ...]) -> Diagnostic:
    """Return an error at the first place that says a word, in the front matter if anywhere."""
    source = document.source
    at = source.text.find(word, source.text.find("fonts")) if source is not None else -1
    return Diagnostic("error", message, Span(at, at + len(word)) if at >= 0 else None, hints, source)
