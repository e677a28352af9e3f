"""A file's bytes from its numbered objects: with a table of offsets, or packed into streams."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

LEVEL = 6
"""zlib level of the streams that hold other objects: small and many alike."""


def plain(head: bytes, bodies: Sequence[bytes], entries: bytes) -> bytes:
    """Return a file with a cross-reference table (ISO 32000-1, 7.5.4); `entries` are the trailer's."""
    out = bytearray(head)
    offsets: list[int] = []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % at for at in offsets)
    out += b"trailer\n<< /Size %d %b >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, entries, start)
    return bytes(out)


def packed(head: bytes, bodies: Sequence[bytes], entries: bytes) -> bytes:
    """Return a file whose objects that are no streams stand in one (ISO 32000-1, 7.5.7 and 7.5.8)."""
    out = bytearray(head)
    rows: list[tuple[int, int, int]] = [(0, 0, 65535)]
    inside: list[tuple[int, bytes]] = []
    holder, table = len(bodies) + 1, len(bodies) + 2
    for number, body in enumerate(bodies, 1):
        if body.endswith(b"endstream"):
            rows.append((1, len(out), 0))
            out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
        else:
            rows.append((2, holder, len(inside)))
            inside.append((number, body))
    places, at = [], 0
    for number, body in inside:
        places.append(b"%d %d" % (number, at))
        at += len(body) + 1
    index = b" ".join(places) + b"\n"
    data = zlib.compress(index + b"\n".join(body for _, body in inside), LEVEL)
    rows.append((1, len(out), 0))
    out += b"%d 0 obj\n<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream\nendobj\n" % (
        holder, len(inside), len(index), len(data), data,
    )  # fmt: skip
    start = len(out)
    rows.append((1, start, 0))
    data = zlib.compress(b"".join(bytes((k,)) + a.to_bytes(4, "big") + b.to_bytes(2, "big") for k, a, b in rows), LEVEL)
    out += b"%d 0 obj\n<</Type/XRef/Size %d/W[1 4 2]%b/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream\nendobj\n" % (
        table, table + 1, entries, len(data), data,
    )  # fmt: skip
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out)
