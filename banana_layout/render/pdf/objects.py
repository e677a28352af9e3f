"""The objects of one PDF file, numbered and formatted by reportlab's document, written out by our own few lines.

reportlab's own `format` writes comments and dates and leaves out the line end before `endstream` that PDF/A asks for.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

from banana_layout.render.clean import writable

Value = Any
"""A piece of a PDF file as reportlab formats it: its objects, numbers, and strings taken literally."""

LEVEL = 4
"""zlib level of streams: 5 % larger than level 6 and four times as fast (490 kB of operators: 7 ms for 31)."""


class Objects:
    """One file being put together."""

    def __init__(self) -> None:
        from reportlab.pdfbase import pdfdoc

        self._pdfdoc = pdfdoc
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

    def page(self, entries: Mapping[str, Value]) -> tuple[Value, Value]:
        """Add a page; return its dictionary and a reference to it."""
        page = self.dictionary({"Type": self.name("Page"), "Parent": self.add(self._document.Pages), **entries})
        self._document.addPage(page)
        return page, self.add(page)

    def save(self, catalog: Mapping[str, Value], info: Mapping[str, Value]) -> bytes:
        """Return the file's bytes; its ID is the digest of all its objects."""
        document = self._document
        document.info = self.dictionary(info)
        for key, value in catalog.items():
            setattr(document.Catalog, key, value)
        root, about = document.Reference(document.Catalog), document.Reference(document.info)
        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        offsets: list[int] = []
        while len(offsets) + 1 in document.numberToId:  # formatting may register further objects
            number = len(offsets) + 1
            body = document.idToObject[document.numberToId[number]].format(document)
            if body.endswith(b"endstream\n"):
                body = body.removesuffix(b"endstream\n") + b"\nendstream"
            offsets.append(len(out))
            out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
        digest = hashlib.blake2b(out, digest_size=16).hexdigest().encode()
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
        out += b"".join(b"%010d 00000 n \n" % at for at in offsets)
        out += b"trailer\n<< /Size %d /Root %b /Info %b /ID [<%b> <%b>] >>\nstartxref\n%d\n%%%%EOF\n" % (
            len(offsets) + 1, root.format(document), about.format(document), digest, digest, start,
        )  # fmt: skip
        return bytes(out)


def _compact(value: Value) -> Value:
    """Return an array or dictionary that is written on few lines, whatever reportlab's settings on this machine say."""
    value.multiline = False
    return value
