"""What a file says about itself: the information dictionary, the catalog's entries and an XMP packet (ISO 16684-1)."""

from __future__ import annotations

from banana_layout.render.clean import writable
from banana_layout.render.credit import EMOJI
from banana_layout.render.pdf.objects import ID, Objects, Value
from banana_layout.render.pdf.preset import Preset
from banana_layout.scene.item import Scene

_PRODUCER = "banana_layout"
"""Who wrote the file."""
_MADE = "2000-01-01T00:00:00Z"
"""When a printed file says it was made: the standards ask for a date, and equal pages are to give equal bytes."""

_NAMES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
}
"""Prefixes and what they stand for."""
_EXTENSIONS = {
    "ua1": ("PDF/UA identification", "pdfuaid", "part", "Integer", "Part of ISO 14289"),
    "x4": ("PDF/X identification", "pdfxid", "GTS_PDFXVersion", "Text", "Version of PDF/X"),
    "trapped": ("PDF properties", "pdf", "Trapped", "Text", "Whether the file is trapped"),
}
"""Properties PDF/A asks to have explained (ISO 19005-2, 6.6.2.3.3)."""


def info(objects: Objects, scene: Scene, preset: Preset) -> dict[str, Value]:
    """Return the entries of the information dictionary (ISO 32000-1, 14.3.3), the same as in the packet.

    A file for screens bears no dates, so that the same page gives the same bytes; a printed one must (ISO 15930-4, 6.11).
    """
    fields = {
        "Title": scene.title,
        "Author": scene.author,
        "Subject": scene.subject,
        "Keywords": ", ".join(scene.keywords),
        "Producer": _PRODUCER,
        "Creator": _PRODUCER,
    }
    if preset.dated:
        stamp = "D:" + "".join(c for c in _MADE if c.isdigit()) + "Z"
        fields |= {"CreationDate": stamp, "ModDate": stamp}
    if "x1a" in preset.standards:
        fields["GTS_PDFXVersion"] = "PDF/X-1a:2003"
    out = {key: objects.text(value) for key, value in fields.items() if value}
    if preset.dated:
        out["Trapped"] = objects.name("False")
    return out


def packet(scene: Scene, preset: Preset, *, emoji: bool) -> bytes:
    """Return the XMP packet; `ID` in it stands for the file's identifier (ISO 19005-2, 6.6.2; ISO 15930-7, 6.7)."""
    lines = [_one("dc:format", "application/pdf")]
    if scene.title:
        lines.append(_many("dc:title", "Alt", (scene.title,)))
    if scene.author:
        lines.append(_many("dc:creator", "Seq", (scene.author,)))
    if scene.subject:
        lines.append(_many("dc:description", "Alt", (scene.subject,)))
    if scene.keywords:
        lines += (_many("dc:subject", "Bag", scene.keywords), _one("pdf:Keywords", ", ".join(scene.keywords)))
    if scene.lang:
        lines.append(_many("dc:language", "Bag", (scene.lang,)))
    if emoji:
        lines.append(_many("dc:rights", "Alt", (EMOJI,)))
    lines += (_one("pdf:Producer", _PRODUCER), _one("xmp:CreatorTool", _PRODUCER))
    if preset.dated:
        lines += [_one(f"xmp:{name}", _MADE) for name in ("CreateDate", "ModifyDate", "MetadataDate")]
        lines += (_one("xmpMM:DocumentID", "uuid:" + ID.decode()), _one("xmpMM:InstanceID", "uuid:" + ID.decode()))
        lines += (_one("xmpMM:RenditionClass", "default"), _one("xmpMM:VersionID", "1"), _one("pdf:Trapped", "False"))
    lines += _claims(preset)
    body = "\n".join(lines)
    used = [f' xmlns:{p}="{uri}"' for p, uri in _NAMES.items() if f"{p}:" in body]
    return "\n".join(
        [
            '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
            '<x:xmpmeta xmlns:x="adobe:ns:meta/">',
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
            '<rdf:Description rdf:about=""',
            *used,
            ">",
            body,
            "</rdf:Description>",
            "</rdf:RDF>",
            "</x:xmpmeta>",
            '<?xpacket end="r"?>',
        ]
    ).encode()


def _claims(preset: Preset) -> list[str]:
    """Return which standards the file keeps (ISO 19005-2, 6.6.4; ISO 14289-1, 5; ISO 15930-7, 6.7.2)."""
    lines: list[str] = []
    for standard in preset.standards:
        if standard in ("a1b", "a2a"):
            lines += (_one("pdfaid:part", standard[1]), _one("pdfaid:conformance", standard[2].upper()))
        elif standard == "ua1":
            lines.append(_one("pdfuaid:part", "1"))
        elif standard == "x4":
            lines.append(_one("pdfxid:GTS_PDFXVersion", "PDF/X-4"))
    explained = [*(s for s in preset.standards if s in _EXTENSIONS), *(("trapped",) if preset.dated else ())]
    items = "".join(_explained(*_EXTENSIONS[s]) for s in explained)
    if items:
        lines.append(f"<pdfaExtension:schemas><rdf:Bag>{items}</rdf:Bag></pdfaExtension:schemas>")
    return lines


def _explained(schema: str, prefix: str, name: str, kind: str, about: str) -> str:
    """Return the description of a property that PDF/A does not know."""
    return (
        f'<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>{schema}</pdfaSchema:schema>'
        f"<pdfaSchema:namespaceURI>{_NAMES[prefix]}</pdfaSchema:namespaceURI>"
        f"<pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>"
        '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
        f"<pdfaProperty:name>{name}</pdfaProperty:name><pdfaProperty:valueType>{kind}</pdfaProperty:valueType>"
        "<pdfaProperty:category>internal</pdfaProperty:category>"
        f"<pdfaProperty:description>{about}</pdfaProperty:description>"
        "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li>"
    )


def _one(term: str, value: str) -> str:
    """Return a simple property."""
    return f"<{term}>{_escaped(value)}</{term}>"


def _many(term: str, kind: str, values: tuple[str, ...]) -> str:
    """Return a property with a list; `Alt` lists are by language."""
    mark = ' xml:lang="x-default"' if kind == "Alt" else ""
    items = "".join(f"<rdf:li{mark}>{_escaped(v)}</rdf:li>" for v in values)
    return f"<{term}><rdf:{kind}>{items}</rdf:{kind}></{term}>"


def _escaped(text: str) -> str:
    """Return a text as XML content; `xml.sax.saxutils` does the same but imports all of `urllib.request` (20 ms)."""
    return writable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
