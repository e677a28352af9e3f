"""Reads flowcharts: the header and the statements."""

from __future__ import annotations

import re
from collections.abc import Callable

from banana_layout.model.flowchart import Direction, Flowchart
from banana_layout.source import Span
from banana_layout.syntax.mermaid.builder import EdgeDraft
from banana_layout.syntax.mermaid.findings import Findings
from banana_layout.syntax.mermaid.links import ReadLink, read_link
from banana_layout.syntax.mermaid.nodes import read_node
from banana_layout.syntax.mermaid.prepare import Prepared
from banana_layout.syntax.mermaid.reader import ID, Reader
from banana_layout.syntax.mermaid.styles import read_class, read_class_def, read_click, read_link_style, read_style
from banana_layout.syntax.mermaid.subgraphs import close_subgraph, open_subgraph

_DIRECTIONS: dict[str, Direction] = {
    "TB": "TB",
    "TD": "TB",
    "v": "TB",
    "LR": "LR",
    "RL": "RL",
    "BT": "BT",
    "<": "RL",
    ">": "LR",
    "^": "BT",
}
_HEADER = re.compile(r"\s*(flowchart-elk|flowchart-v2|flowchart|graph|swimlane-beta|swimlane)(?![\w-])", re.IGNORECASE)
_HEADER_LINE = re.compile(r"(flowchart(?:-elk|-v2)?|graph)(?:[^\S\n]+(?:TB|TD|LR|RL|BT))?[^\S\n]*;?[^\S\n]*(?=\n|$)")
_DIRECTION = re.compile(r"[^\S\n]*([A-Za-z]+|[<>^])(:?)(?![\w-])")
_SEPARATORS = re.compile(r"[\s;]*")
_KEYWORD = re.compile(
    r"(?:(style|classDef|class|linkStyle|click)[^\S\n]+(?=[^\s\-=.~<>])|(subgraph)(?![\w.\-/=&])|(end)(?!\w)|(direction)[^\S\n]+"
    r"(?=\w+[^\S\n]*(?:;|\n|$))|(accTitle)[^\S\n]*:|(accDescr)[^\S\n]*[:{]|(title)[^\S\n]+(?=\w+[^\S\n\w]|\w+[^\S\n]*$))"
)
_STATEMENT_END = re.compile(r"[^\S\n]*(?:;|\n|$)")
_AMPERSAND = re.compile(r"[^\S\n]*&(?=\s|$)[^\S\n]*")
_GLUED = re.compile(r"[^\S\n]+&(?=[^\s&;])")

LARGEST_GROUP = 20_000
"""Most edges that one `A & B --> C & D` may make."""


def read_flowchart(prepared: Prepared, findings: Findings) -> Flowchart:
    """Return the flowchart of a text whose header is one of a flowchart."""
    reader = Reader(prepared.text, findings)
    at = _header(reader)
    text, end = reader.text, len(reader.text)
    while (at := _skip(reader, at)) < end:
        if text.startswith("%%", at) and at > 0 and text[at - 1] != "\n":
            at = _comment(reader, at)
            continue
        at = _statement(reader, at)
        if not _ends(reader, at):
            at = _trailing(reader, at)
    while reader.builder.open:
        draft = reader.builder.open[-1]
        findings.warn("this subgraph has no `end`", draft.span.start, draft.span.end, "close it with a line `end`")
        reader.builder.close_cluster()
    return reader.builder.finish(prepared, Span(0, len(text)))


def _skip(reader: Reader, at: int) -> int:
    """Return the offset after blanks, line ends and semicolons."""
    match = _SEPARATORS.match(reader.text, at)
    return match.end() if match is not None else at


def _ends(reader: Reader, at: int) -> bool:
    """Tell whether a statement may end here."""
    return _STATEMENT_END.match(reader.text, at) is not None


def _header(reader: Reader) -> int:
    """Read the header; return where the statements begin."""
    text, findings = reader.text, reader.findings
    match = _HEADER.match(text)
    if match is None:
        raise findings.error("expected `flowchart` or `graph`", 0, 1, "begin with a line such as `flowchart LR`")
    word, at = match[1], match.end()
    if word != word.lower() or word.endswith("-v2"):
        findings.warn(f"Mermaid knows no diagram `{word}`", match.start(1), at, "write `flowchart`")
    found = _DIRECTION.match(text, at)
    if found is None or (found[1] not in _DIRECTIONS and found[1].upper() not in _DIRECTIONS):
        return _no_direction(reader, found, at)
    name, colon = found[1], found[2]
    if name not in _DIRECTIONS:
        findings.warn(f"Mermaid knows no direction `{name}`", found.start(1), found.end(1), f"write `{name.upper()}`")
        name = name.upper()
    if colon:
        findings.warn("a colon behind the header", found.start(2), found.end(2), f"write `{word} {name}`")
    reader.builder.direction = _DIRECTIONS[name]
    at = found.end()
    if not _ends(reader, at) and not text.startswith("%%", reader.blanks(at)):
        findings.warn(
            "the header must stand on a line of its own",
            match.start(1),
            at,
            f"write `{word} {name}` and a line end or `;`",
        )
    return _comment(reader, at)


def _no_direction(reader: Reader, found: re.Match[str] | None, at: int) -> int:
    """Go on behind a header without a direction."""
    text, findings = reader.text, reader.findings
    if _ends(reader, at):
        return at
    if text.startswith("%%", reader.blanks(at)):
        return _comment(reader, at)
    if found is not None and (found[1].isupper() or _ends(reader, found.end())):
        raise findings.error(
            f"there is no direction `{found[1]}`", found.start(1), found.end(1), "directions are TB, TD, BT, LR and RL"
        )
    findings.warn("the header must stand on a line of its own", at, at + 1, "write a line end behind it")
    return at


def _comment(reader: Reader, at: int) -> int:
    """Skip a comment behind a statement, with a warning; return where it ends."""
    begin = reader.blanks(at)
    if not reader.text.startswith("%%", begin):
        return at
    end = reader.line_end(begin)
    reader.findings.warn("a comment must stand on a line of its own", begin, end, "move `%% …` to the line above")
    return end


def _trailing(reader: Reader, at: int) -> int:
    """Handle what stands behind a complete statement on its line; return where to go on."""
    text, findings = reader.text, reader.findings
    begin = reader.blanks(at)
    after = _comment(reader, at)
    if after > at:
        return after
    if text.startswith("//", begin) and at < begin:
        end = reader.line_end(begin)
        findings.warn("Mermaid's comments begin with `%%`", begin, end, "write `%% …` on a line of its own")
        return end
    if text[begin] == ",":
        findings.warn("a comma between statements", begin, begin + 1, "put a line end or `;` between statements")
        return begin + 1
    hints = ["put a line end or `;` between statements"]
    if ID.match(text, begin) is not None:
        hints = ["a node's id has no blanks: write `some_id[some text]`", *hints]
    elif text[begin] == '"':
        hints = ['write a label in brackets: `id["label"]`']
    elif text[begin] == "|":
        hints = ["write an arrow before its label: `A -->|label| B`"]
    elif text[begin] in "-=<":
        hints = ["arrows are `-->`, `---`, `-.->`, `==>`, `--x`, `--o`, `<-->`"]
    raise findings.error(
        f"expected an arrow or the end of the statement, found {reader.word(begin)}", begin, begin + 1, *hints
    )


def _statement(reader: Reader, at: int) -> int:
    """Read one statement; return where it ends."""
    match = _KEYWORD.match(reader.text, at)
    if match is not None and match.lastindex is not None:
        end = _KEYWORDS[match[match.lastindex]](reader, match.end())
        if end >= 0:
            return end
    elif (header := _HEADER_LINE.match(reader.text, at)) is not None:
        reader.findings.warn("a second header", at, header.end(), "leave it out: one diagram has one header")
        return header.end()
    return _chain(reader, at)


def _chain(reader: Reader, at: int) -> int:
    """Read nodes and the edges between them; return where the chain ends."""
    left, at = _group(reader, at, "here")
    return _edges(reader, left, at)


def _edges(reader: Reader, left: list[str], at: int) -> int:
    """Read the edges behind a group of nodes; return where the chain ends."""
    while (link := read_link(reader, at)) is not None:
        right, at = _group(reader, link.end, f"behind `{reader.text[link.start : link.end].strip()[:20]}`")
        _connect(reader, left, right, link)
        left = right
    return at


def _group(reader: Reader, at: int, after: str) -> tuple[list[str], int]:
    """Read nodes joined by `&`; return their ids and where they end."""
    text, findings = reader.text, reader.findings
    id, at = read_node(reader, at, after)
    ids = [id]
    while at < len(text) and text[at] in " \t&":
        match = _AMPERSAND.match(text, at)
        if match is None:
            match = _GLUED.match(text, at)
            if match is None:
                break
            findings.warn("`&` needs a blank on both sides", match.end() - 1, match.end(), "write `A & B`")
        next_at = match.end()
        if next_at >= len(text) or text[next_at] == "\n":
            findings.warn("a line must not end with `&`", next_at - 1, next_at, "write the nodes on one line")
            next_at = reader.spaces(next_at)
        id, at = read_node(reader, next_at, "behind `&`")
        ids.append(id)
    return ids, at


def _connect(reader: Reader, left: list[str], right: list[str], read: ReadLink) -> None:
    """Make an edge from every node of one group to every one of the other."""
    builder, findings = reader.builder, reader.findings
    if len(left) * len(right) > LARGEST_GROUP:
        raise findings.error(f"one statement makes more than {LARGEST_GROUP} edges", read.start, read.end)
    span = Span(read.start, read.end)
    edges: list[tuple[EdgeDraft, bool]] = []
    for source in left:
        for target in right:
            last = source == left[-1] and target == right[0]
            edges.append((builder.edge(source, target, read.link, read.label, span), last))
    if read.id:
        # Mermaid gives a group's id to the edge between the nodes next to the arrow
        draft = next(draft for draft, last in edges if last)
        if not builder.name_edge(draft, read.id):
            findings.warn(f"the edge id `{read.id}` is already taken", read.start, read.end, "choose another id")


def _direction(reader: Reader, at: int) -> int:
    """Read behind `direction `."""
    match = _DIRECTION.match(reader.text, at)
    name = match[1] if match is not None else ""
    if match is None or name.upper() not in _DIRECTIONS:
        return -1
    if name not in _DIRECTIONS:
        reader.findings.warn(f"Mermaid knows no direction `{name}`", at, match.end(), f"write `{name.upper()}`")
    if reader.builder.open:
        reader.builder.open[-1].direction = _DIRECTIONS.get(name) or _DIRECTIONS[name.upper()]
    else:
        reader.findings.note(
            "`direction` has no effect outside a subgraph",
            at,
            match.end(),
            f"write `flowchart {name.upper()}` at the top",
        )
    return match.end()


def _acc_title(reader: Reader, at: int) -> int:
    """Read behind `accTitle:`."""
    end = reader.line_end(at)
    reader.builder.acc_title = reader.text[at:end].strip().rstrip(";")
    return end


def _acc_description(reader: Reader, at: int) -> int:
    """Read behind `accDescr:` or `accDescr {`."""
    text = reader.text
    if text[at - 1] == ":":
        end = reader.line_end(at)
        reader.builder.acc_description = text[at:end].strip().rstrip(";")
        return end
    close = text.find("}", at)
    if close < 0:
        raise reader.findings.error("`accDescr {` is never closed", at - 1, at, "end it with `}`")
    reader.builder.acc_description = " ".join(text[at:close].split())
    return close + 1


def _title(reader: Reader, at: int) -> int:
    """Read behind `title `, which Mermaid knows only in the front matter."""
    end = reader.line_end(at)
    words = reader.text[at:end].strip()
    if ID.match(words) is None or re.search(r"--|==|-\.|[\[({]", words):
        return -1
    reader.findings.warn(
        "a flowchart has no `title` line", at - 6, end, f"write `---`, `title: {words[:60]}`, `---` above it"
    )
    reader.builder.title = words
    return end


def _end(reader: Reader, at: int) -> int:
    """Read behind `end`: it closes the open subgraph, and an arrow behind it leaves that subgraph."""
    builder = reader.builder
    if builder.open and not _ends(reader, at) and read_link(reader, at) is not None:
        id = builder.close_cluster()
        reader.findings.warn(
            "`end` must stand on a line of its own", at - 3, at, f"write `end`, then `{id} --> …` below it"
        )
        return _edges(reader, [id], at)
    return close_subgraph(reader, at)


_KEYWORDS: dict[str, Callable[[Reader, int], int]] = {
    "style": read_style,
    "classDef": read_class_def,
    "class": read_class,
    "linkStyle": read_link_style,
    "click": read_click,
    "subgraph": open_subgraph,
    "end": _end,
    "direction": _direction,
    "accTitle": _acc_title,
    "accDescr": _acc_description,
    "title": _title,
}
"""What reads behind a keyword; each returns where its statement ends, or -1 when the keyword is a node's id."""
