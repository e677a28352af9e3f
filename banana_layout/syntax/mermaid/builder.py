"""Gathers a flowchart while its statements are read, and puts it together at the end."""

from __future__ import annotations

from collections.abc import Sequence

from banana_layout.model.flowchart import Cluster, Direction, Edge, Flowchart, LabelRun, Node, Style
from banana_layout.source import Span
from banana_layout.syntax.mermaid.edges import Link
from banana_layout.syntax.mermaid.findings import Findings
from banana_layout.syntax.mermaid.prepare import Prepared

Properties = tuple[tuple[str, str], ...]
"""CSS properties as written."""

DEEPEST = 100
"""Most levels of nested subgraphs."""


MOST_PROPERTIES = 100
"""Most styles of one thing; further ones are left out."""

MOST_CLASSES = 50
"""Most classes of one node; further ones are left out."""


def merged(base: Properties, over: Properties) -> Properties:
    """Return both lists of properties, at most `MOST_PROPERTIES`; where both give one, only the later stays."""
    if not base or not over:
        return over or base
    names = {name for name, _ in over}
    return (tuple(pair for pair in base if pair[0] not in names) + over)[:MOST_PROPERTIES]


def add_class(classes: list[str], name: str) -> None:
    """Add a class that is not there yet."""
    if name not in classes and len(classes) < MOST_CLASSES:
        classes.append(name)


class NodeDraft:
    """A node so far."""

    __slots__ = ("classes", "data", "label", "link", "shape", "span", "style", "tooltip")

    def __init__(self, span: Span) -> None:
        self.span = span
        self.label: tuple[LabelRun, ...] | None = None
        self.shape = "rect"
        self.classes: list[str] = []
        self.style: Properties = ()
        self.data: dict[str, str] = {}
        self.link: str | None = None
        self.tooltip = ""


class EdgeDraft:
    """An edge so far."""

    __slots__ = ("classes", "data", "id", "label", "link", "source", "span", "style", "target")

    def __init__(self, source: str, target: str, link: Link, label: tuple[LabelRun, ...], span: Span) -> None:
        self.source, self.target, self.link, self.label, self.span = source, target, link, label, span
        self.id = ""
        self.classes: list[str] = []
        self.style: Properties = ()
        self.data: dict[str, str] = {}


class ClusterDraft:
    """A subgraph so far."""

    __slots__ = ("classes", "direction", "id", "members", "mentions", "span", "style", "title")

    def __init__(self, id: str | None, title: tuple[LabelRun, ...], span: Span) -> None:
        self.id, self.title, self.span = id, title, span
        self.direction: Direction | None = None
        self.mentions: dict[str, None] = {}
        self.members: dict[str, None] = {}
        self.classes: list[str] = []
        self.style: Properties = ()


class Builder:
    """Everything a chart holds, in the order it was said."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.direction: Direction = "TB"
        self.nodes: dict[str, NodeDraft] = {}
        self.edges: list[EdgeDraft] = []
        self.edges_by_id: dict[str, EdgeDraft] = {}
        self.clusters: dict[str, ClusterDraft] = {}
        self.open: list[ClusterDraft] = []
        self.class_styles: dict[str, Properties] = {}
        self.edge_default: Properties = ()
        self.acc_title = self.acc_description = self.title = ""
        self._pairs: dict[tuple[str, str], int] = {}
        self._claimed: set[str] = set()
        self._closed = 0
        self._clicks: list[tuple[str, str | None, str, Span]] = []
        self._later: list[tuple[str, str, Properties, Span]] = []

    def node(self, id: str, start: int, end: int) -> NodeDraft:
        """Return the node of an id, making it where it is new."""
        draft = self.nodes.get(id)
        if draft is None:
            draft = self.nodes[id] = NodeDraft(Span(start, end))
        return draft

    def mention(self, id: str) -> None:
        """Note that a statement of the innermost open subgraph names a node."""
        if self.open and all(cluster.id != id for cluster in self.open):
            self.open[-1].mentions[id] = None

    def edge(self, source: str, target: str, link: Link, label: tuple[LabelRun, ...], span: Span) -> EdgeDraft:
        """Add an edge and return it; it can also be named by the id Mermaid makes up for it."""
        draft = EdgeDraft(source, target, link, label, span)
        self.edges.append(draft)
        count = self._pairs.get((source, target), 0)
        self._pairs[source, target] = count + 1
        self.edges_by_id.setdefault(f"L_{source}_{target}_{count}", draft)
        return draft

    def name_edge(self, draft: EdgeDraft, id: str) -> bool:
        """Give an edge the author's id; return whether the id was free."""
        if self.edges_by_id.get(id) not in (None, draft):
            return False
        draft.id = id
        self.edges_by_id[id] = draft
        return True

    def open_cluster(self, draft: ClusterDraft) -> None:
        """Begin a subgraph."""
        if len(self.open) >= DEEPEST:
            raise self.findings.error(
                f"subgraphs are nested deeper than {DEEPEST} levels", draft.span.start, draft.span.end
            )
        self.open.append(draft)

    def close_cluster(self) -> str:
        """End the innermost subgraph and return its id; it takes the nodes it named that no other one has taken."""
        draft = self.open.pop()
        if draft.id is None:
            draft.id = f"subGraph{self._closed}"
        self._closed += 1
        kept = self.clusters.setdefault(draft.id, draft)
        if kept is not draft:
            kept.direction = draft.direction or kept.direction
            kept.classes += draft.classes
        for member in draft.mentions:
            if member not in self._claimed and member != draft.id:
                kept.members[member] = None
                self._claimed.add(member)
        self.mention(draft.id)
        return draft.id

    def restyle(self, id: str, classes: str, style: Properties, span: Span) -> None:
        """Remember a class or a style for a node, edge or subgraph: which of these the id names is known at the end."""
        self._later.append((id, classes, style, span))

    def click(self, id: str, link: str | None, tooltip: str, span: Span) -> None:
        """Remember where a node leads and what it says on hovering."""
        self._clicks.append((id, link, tooltip, span))

    def finish(self, prepared: Prepared, span: Span) -> Flowchart:
        """Return the chart."""
        self._apply_styles()
        self._apply_clicks()
        clusters = self._clusters()
        return Flowchart(
            direction=_asked_direction(prepared.settings) or self.direction,
            nodes=tuple(self._node(id, draft) for id, draft in self.nodes.items() if id not in self.clusters),
            edges=tuple(self._edge(draft) for draft in self.edges),
            clusters=clusters,
            title=prepared.title or self.title,
            description=". ".join(part for part in (self.acc_title.rstrip("."), self.acc_description) if part),
            keep=prepared.keep,
            span=span,
            settings=prepared.settings,
        )

    def _apply_styles(self) -> None:
        """Give the remembered classes and styles to what their ids name; a style makes a node where nothing has its id."""
        for id, name, style, span in self._later:
            found: NodeDraft | EdgeDraft | ClusterDraft | None
            found = self.clusters.get(id) or self.nodes.get(id) or self.edges_by_id.get(id)
            if found is None:
                found = self.node(id, span.start, span.end)
                if name:
                    self.findings.warn(f"nothing else names the node `{id}`; it is made", span.start, span.end)
            found.style = merged(found.style, style)
            if name:
                add_class(found.classes, name)

    def _apply_clicks(self) -> None:
        """Give the nodes their links and tooltips."""
        for id, link, tooltip, span in self._clicks:
            draft = self.nodes.get(id)
            if draft is None or id in self.clusters:
                self.findings.warn(f"there is no node `{id}` to click", span.start, span.end)
            else:
                draft.link, draft.tooltip = link, tooltip

    def _style(self, classes: list[str], own: Properties, base: Properties = ()) -> Style:
        """Return defaults, classes and own style in this order."""
        if not classes and not own:
            return Style(base)
        for name in classes:
            base = merged(base, self.class_styles.get(name, ()))
        return Style(merged(base, own))

    def _node(self, id: str, draft: NodeDraft) -> Node:
        """Return a finished node."""
        classes = [name for name in draft.classes if name != "default"]
        data = draft.data
        icon, image = data.get("icon") or None, data.get("img") or None
        label = draft.label
        if label is None:
            label = () if icon or image else (LabelRun(id),)
        return Node(
            id=id,
            label=label,
            shape=draft.shape,
            classes=tuple(classes),
            style=self._style(classes, draft.style, self.class_styles.get("default", ())),
            link=draft.link,
            tooltip=draft.tooltip,
            icon=icon,
            image=image,
            settings=tuple((k, v) for k, v in data.items() if k not in _TAKEN),
            span=draft.span,
        )

    def _edge(self, draft: EdgeDraft) -> Edge:
        """Return a finished edge."""
        return Edge(
            source=draft.source,
            target=draft.target,
            id=draft.id,
            label=draft.label,
            line=draft.link.line,
            source_head=draft.link.source_head,
            target_head=draft.link.target_head,
            length=draft.link.length,
            classes=tuple(draft.classes),
            style=self._style(draft.classes, draft.style, self.edge_default),
            settings=tuple(draft.data.items()),
            span=draft.span,
        )

    def _clusters(self) -> tuple[Cluster, ...]:
        """Return the finished subgraphs, outer ones first; one that would hold itself is taken out of the circle."""
        parents: dict[str, str] = {}
        for id, draft in self.clusters.items():
            for member in [m for m in draft.members if m in self.clusters]:
                if self._holds(parents, member, id):
                    del draft.members[member]
                    self.findings.warn(
                        f"the subgraph `{member}` would lie inside itself; it is not put into `{id}`",
                        draft.span.start,
                        draft.span.end,
                    )
                else:
                    parents[member] = id
        order: list[str] = []
        stack = [id for id in reversed(self.clusters) if id not in parents]
        while stack:
            id = stack.pop()
            order.append(id)
            stack += [m for m in reversed(self.clusters[id].members) if m in self.clusters]
        return tuple(self._cluster(id, parents.get(id)) for id in order)

    def _holds(self, parents: dict[str, str], member: str, holder: str) -> bool:
        """Tell whether putting `member` into `holder` would close a circle or nest too deep."""
        at: str | None = holder
        for _ in range(DEEPEST):
            if at == member:
                return True
            at = parents.get(at) if at is not None else None
            if at is None:
                return False
        return True

    def _cluster(self, id: str, parent: str | None) -> Cluster:
        """Return a finished subgraph."""
        draft = self.clusters[id]
        named = self.nodes.get(id)
        if named is not None and (named.data or named.label is not None):
            span = named.span
            self.findings.warn(f"`{id}` is a subgraph: a label or settings for it have no effect", span.start, span.end)
        classes = draft.classes + [name for name in (named.classes if named else ()) if name not in draft.classes]
        return Cluster(
            id=id,
            title=draft.title,
            members=tuple(m for m in draft.members if m in self.nodes or m in self.clusters),
            direction=draft.direction,
            parent=parent,
            classes=tuple(classes),
            style=self._style(classes, draft.style + (named.style if named else ())),
            span=draft.span,
        )


_TAKEN = frozenset({"shape", "label", "labelType", "icon", "img"})


def _asked_direction(settings: Sequence[tuple[str, str]]) -> Direction | None:
    """Return the direction of a front matter, which stands above the header's; None where it leaves it open."""
    names: dict[str, Direction] = {"TB": "TB", "TD": "TB", "BT": "BT", "LR": "LR", "RL": "RL"}
    found = [
        names[value.strip().upper()] for key, value in settings if key == "direction" and value.strip().upper() in names
    ]
    return found[-1] if found else None
