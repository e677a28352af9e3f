"""Cutting a graph into levels: a cluster with a direction of its own becomes one item of the level around it."""

from __future__ import annotations

from typing import NamedTuple

from banana_layout.graph.spec import ClusterSpec, Direction, GraphSpec


class Link(NamedTuple):
    """An edge of one level."""

    edge: int
    """Index in the specification."""
    source: int
    """Item it leaves, or ~f for the frame with index f."""
    target: int
    """Item it enters, or ~f for the frame with index f."""
    length: int
    """Least number of ranks between the ends."""
    labelled: bool
    """Whether it carries a label."""


class Frame(NamedTuple):
    """A cluster that follows its level's direction."""

    cluster: int
    """Index in the specification."""
    parent: int
    """Index of the frame around it within the level, or -1; parents come first."""
    items: tuple[int, ...]
    """Items directly inside."""


class Stub(NamedTuple):
    """The inner end of an edge that crosses the level's border."""

    edge: int
    """Index in the specification."""
    item: int
    """Item it belongs to, or ~f for a frame."""
    leaves: bool
    """Whether the edge's source is inside."""


class Level(NamedTuple):
    """Nodes, frames and inner levels that share one direction."""

    cluster: int
    """Cluster this level fills, or -1 for the whole graph."""
    direction: Direction
    """Where it flows."""
    nodes: tuple[int, ...]
    """For each item: the node's index, or ~i for the i-th inner level."""
    inner: tuple[Level, ...]
    """Levels standing as items."""
    links: tuple[Link, ...]
    """Edges within the level, loops too."""
    frames: tuple[Frame, ...]
    """Clusters of the same direction, outer ones first."""
    stubs: tuple[Stub, ...]
    """Edges across the level's border."""


def split(spec: GraphSpec) -> Level:
    """Return the levels of a graph.

    Unknown edge ends and parents raise KeyError; a cluster around itself is treated as an outermost one.
    """
    return _Splitter(spec).level(-1)


class _Splitter:
    """Looks up who lies where while levels are built."""

    def __init__(self, spec: GraphSpec) -> None:
        self.spec = spec
        self.cluster_of_id = {c.id: i for i, c in enumerate(spec.clusters)}
        self.node_of_id = {n.id: i for i, n in enumerate(spec.nodes)}
        self.parent = [self._parent(c) for c in spec.clusters]
        self._cut_loops()
        self.home = [-1] * len(spec.nodes)
        for i, c in enumerate(spec.clusters):
            for m in c.members:
                node = self.node_of_id.get(m)
                if node is not None:
                    self.home[node] = i
        self.direction: list[Direction] = [self._direction(i) for i in range(len(spec.clusters))]
        self.is_level = [
            self.direction[i] != (self.direction[self.parent[i]] if self.parent[i] >= 0 else spec.direction)
            for i in range(len(spec.clusters))
        ]
        for i in range(len(spec.clusters)):
            if not self._holds_nodes(i):
                self.is_level[i] = True  # an empty frame stands like a node
        self.ends = [(self._path(e.source), self._path(e.target)) for e in spec.edges]

    def _parent(self, c: ClusterSpec) -> int:
        return -1 if c.parent is None or c.parent == c.id else self.cluster_of_id[c.parent]

    def _cut_loops(self) -> None:
        """Make a cluster outermost that would lie inside itself."""
        for i in range(len(self.parent)):
            seen = {i}
            at = i
            while self.parent[at] >= 0:
                if self.parent[at] in seen:
                    self.parent[at] = -1
                    break
                at = self.parent[at]
                seen.add(at)

    def _direction(self, i: int) -> Direction:
        while i >= 0:
            own = self.spec.clusters[i].direction
            if own is not None:
                return own
            i = self.parent[i]
        return self.spec.direction

    def _holds_nodes(self, i: int) -> bool:
        """Tell whether a cluster has any node inside, however deep."""
        for c in self.home:
            at = c
            while at >= 0:
                if at == i:
                    return True
                at = self.parent[at]
        return False

    def _path(self, name: str) -> tuple[int, ...]:
        """Return the end itself (a node n, or ~c for a cluster) and the clusters around it, innermost first."""
        if name in self.node_of_id:
            node = self.node_of_id[name]
            path, at = [node], self.home[node]
        else:
            c = self.cluster_of_id[name]
            path, at = [~c], self.parent[c]
        while at >= 0:
            path.append(at)
            at = self.parent[at]
        return tuple(path)

    def _level_of(self, cluster: int) -> int:
        """Return the cluster whose level holds what lies directly in `cluster`, or -1."""
        while cluster >= 0 and not self.is_level[cluster]:
            cluster = self.parent[cluster]
        return cluster

    def level(self, cluster: int) -> Level:
        """Build the level that fills a cluster (-1: the whole graph)."""
        spec = self.spec
        direction = spec.direction if cluster < 0 else self.direction[cluster]
        nodes = [v for v in range(len(spec.nodes)) if self._level_of(self.home[v]) == cluster]
        frames_here = self._frames(cluster)
        inner_clusters = [
            c for c in range(len(spec.clusters)) if self.is_level[c] and self._level_of(self.parent[c]) == cluster
        ]
        inner = tuple(self.level(c) for c in inner_clusters)
        item_of_node = {v: i for i, v in enumerate(nodes)}
        item_of_cluster = {c: len(nodes) + i for i, c in enumerate(inner_clusters)}
        frame_of_cluster = {c: i for i, c in enumerate(frames_here)}
        held: list[list[int]] = [[] for _ in frames_here]
        for v in nodes:
            if self.home[v] in frame_of_cluster:
                held[frame_of_cluster[self.home[v]]].append(item_of_node[v])
        for c in inner_clusters:
            if self.parent[c] in frame_of_cluster:
                held[frame_of_cluster[self.parent[c]]].append(item_of_cluster[c])
        frames = tuple(
            Frame(c, frame_of_cluster.get(self.parent[c], -1), tuple(h)) for c, h in zip(frames_here, held, strict=True)
        )

        def end(path: tuple[int, ...]) -> int | None:
            """Return an edge end as this level sees it, or None where it lies outside."""
            first = path[0]
            if first >= 0 and first in item_of_node:
                return item_of_node[first]
            if first < 0 and ~first in frame_of_cluster:
                return ~frame_of_cluster[~first]
            for c in ([~first] if first < 0 else []) + list(path[1:]):
                if c in item_of_cluster:
                    return item_of_cluster[c]
            return None

        links, stubs = [], []
        for i, (a, b) in enumerate(self.ends):
            s, t = end(a), end(b)
            if s is not None and t is not None:
                if s == t and s >= len(nodes) and a[0] != b[0] and not self._at_border(a, b, inner_clusters):
                    continue
                e = spec.edges[i]
                links.append(Link(i, s, t, max(1, e.length), e.label is not None))
            elif s is not None:
                stubs.append(Stub(i, s, True))
            elif t is not None:
                stubs.append(Stub(i, t, False))
        everything = tuple(nodes) + tuple(~i for i in range(len(inner)))
        return Level(cluster, direction, everything, inner, tuple(links), frames, tuple(stubs))

    def _frames(self, cluster: int) -> list[int]:
        """Return the clusters drawn as frames of a level, outer ones first."""
        found = [
            c
            for c in range(len(self.spec.clusters))
            if not self.is_level[c] and self._level_of(self.parent[c]) == cluster
        ]
        return sorted(found, key=self._depth)

    def _depth(self, c: int) -> int:
        depth = 0
        while self.parent[c] >= 0:
            c = self.parent[c]
            depth += 1
        return depth

    @staticmethod
    def _at_border(a: tuple[int, ...], b: tuple[int, ...], inner: list[int]) -> bool:
        """Tell whether one end is an inner level's cluster itself."""
        return any(path[0] < 0 and ~path[0] in inner for path in (a, b))
