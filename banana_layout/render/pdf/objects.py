"""The objects of one PDF file, numbered and formatted by reportlab's document, written out by our own few lines.

reportlab's own `format` writes comments and dates and leaves out the line end before `endstream` that PDF/A asks for.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

from banana_layout.render.clean import writable
from banana_layout.render.pdf.file import packed, plain

Value = Any
"""A piece of a PDF file as reportlab formats it: its objects, numbers, and strings taken literally."""

LEVEL = 4
"""zlib level of streams: 5 % larger than level 6 and four times as fast (490 kB of operators: 7 ms for 31)."""


ID = b"00000000-0000-0000-0000-000000000000"
"""Stands in the metadata for the file's identifier until the digest of everything else is known."""


class Raw:
    """An object whose bytes are written by the caller."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        """The object as it stands in the file."""
        self.reference = ""
        """Such as `12 0 R`."""

    def format(self, _document: Value) -> bytes:
        """Return the bytes, as reportlab asks for them."""
        return self.body


class Objects:
    """One file being put together."""

    def __init__(self, version: str = "1.7", *, packed: bool = True) -> None:
        from reportlab.pdfbase import pdfdoc

        self._pdfdoc = pdfdoc
        self._version = version
        self._packed = packed
        self._document = pdfdoc.PDFDocument(invariant=1, compression=0, pdfVersion=(1, 7))
        self._document.Catalog.Outlines = None
        self.fonts = self._document.idToObject["BasicFonts"]
        """The font resources, a dictionary object; `fonts.dict` maps resource names to references."""

    def name(self, text: str) -> Value:
        """Return a name, such as `/Page` for `Page`."""
        return self._pdfdoc.PDFName(text)

    def text(self, text: str) -> Value:
        """Return a text string, as PDFDocEncoding or UTF-16."""
        return self._pdfdoc.PDFString(writable(text))

    def array(self, items: Iterable[Value]) -> Value:
        """Return an array."""
        return _compact(self._pdfdoc.PDFArray(items))

    def dictionary(self, entries: Mapping[str, Value]) -> Value:
        """Return a dictionary; keys without their slash."""
        return _compact(self._pdfdoc.PDFDictionary(dict(entries)))

    def add(self, value: Value) -> Value:
        """Take an object into the file and return a reference to it; it may still be filled."""
        return self._document.Reference(value)

    def fonts_reference(self) -> Value:
        """Return a reference to the font resources."""
        return self._document.Reference(self.fonts)

    def stream(self, data: bytes, entries: Mapping[str, Value] | None = None, *, packed: bool = True) -> Value:
        """Take a stream into the file, compressed unless `packed` is off, and return a reference to it."""
        dictionary = self.dictionary(entries or {})
        if packed:
            data = zlib.compress(data, LEVEL)
            dictionary["Filter"] = self.name("FlateDecode")
        return self.add(self._pdfdoc.PDFStream(dictionary, data, []))

    def raw(self, body: bytes = b"") -> Raw:
        """Take an object into the file whose bytes are written by the caller; it may still be filled."""
        made = Raw(body)
        reference = self._document.Reference(made, f"raw{self._document.objectcounter}")
        made.reference = self.number(reference)
        return made

    def number(self, reference: Value) -> str:
        """Return a reference as it is written, such as `12 0 R`."""
        return str(reference.format(self._document).decode())

    def page(self, entries: Mapping[str, Value]) -> tuple[Value, Value]:
        """Add a page; return its dictionary and a reference to it."""
        page = self.dictionary({"Type": self.name("Page"), "Parent": self.add(self._document.Pages), **entries})
        self._document.addPage(page)
        return page, self.add(page)

    def save(self, catalog: Mapping[str, Value], info: Mapping[str, Value]) -> bytes:
        """Return the file's bytes; its ID is the digest of all its objects (ISO 32000-1, 14.4)."""
        document = self._document
        document.info = self.dictionary(info)
        root = document.Reference(self._catalog(catalog))
        about = document.Reference(document.info)
        bodies: list[bytes] = []
        while len(bodies) + 1 in document.numberToId:  # formatting may register further objects
            body = document.idToObject[document.numberToId[len(bodies) + 1]].format(document)
            if body.endswith(b"endstream\n"):
                body = body.removesuffix(b"endstream\n") + b"\nendstream"
            bodies.append(body)
        digest = hashlib.blake2b(digest_size=16)
        for body in bodies:
            digest.update(body)
        mark = digest.hexdigest()
        own = "-".join((mark[:8], mark[8:12], mark[12:16], mark[16:20], mark[20:])).encode()
        bodies = [b.replace(ID, own) if ID in b else b for b in bodies]
        entries = b"/Root %b /Info %b /ID [<%b> <%b>]" % (
            root.format(document), about.format(document), mark.encode(), mark.encode(),
        )  # fmt: skip
        head = f"%PDF-{self._version}\n%".encode() + b"\xe2\xe3\xcf\xd3\n"
        return (packed if self._packed else plain)(head, bodies, entries)

    def _catalog(self, entries: Mapping[str, Value]) -> Value:
        """Return the document catalog (ISO 32000-1, 7.7.2) in place of reportlab's, which knows not all entries."""
        pages = self._document.Reference(self._document.Pages)
        return self.dictionary({"Type": self.name("Catalog"), "Pages": pages, **entries})


def _compact(value: Value) -> Value:
    """Return an array or dictionary that is written on few lines, whatever reportlab's settings on this machine say."""
    value.multiline = False
    return value
