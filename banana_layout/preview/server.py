"""The preview's server: loopback only, nothing without the token, nothing but what it serves itself.

The token in the address keeps other users of the machine and pages in the browser out; the check of `Host` keeps out
pages that point a name of their own at 127.0.0.1; the content security policy lets the page run its one script only.
"""

from __future__ import annotations

import re
import secrets
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from banana_layout.preview.session import Session, View, choices
from banana_layout.source import BananaError, json_bytes

POLL = 0.008
"""Seconds between two looks at the files."""
HEARTBEAT = 750
"""After so many quiet looks a browser is sent a sign of life, which also notices that it has gone."""
PATIENCE = 30.0
"""Seconds that a browser may take to say what it wants: others on this machine cannot hold threads for ever."""
TYPES = {"pdf": "application/pdf", "svg": "image/svg+xml", "png": "image/png"}
"""What can be downloaded."""


class Preview(ThreadingHTTPServer):
    """Serves one sheet on the loopback until it is shut down."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, session: Session, port: int = 0) -> None:
        """Listen on a port of 127.0.0.1; 0 for any that is free."""
        super().__init__(("127.0.0.1", port), _Handler)
        self.session = session
        """The sheet."""
        self.token = secrets.token_urlsafe(18)
        """Who knows it may look."""
        self.closing = threading.Event()
        """Set when the server is to end."""

    @property
    def url(self) -> str:
        """The address to open."""
        return f"http://127.0.0.1:{self.server_address[1]}/{self.token}/"

    def shutdown(self) -> None:
        """End the server and what its threads are doing."""
        self.closing.set()
        super().shutdown()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of browsers that have gone."""


class _Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Preview
    protocol_version = "HTTP/1.1"
    timeout = PATIENCE

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet: the terminal belongs to the command."""

    def do_GET(self) -> None:
        """Answer: the page, its state, events, or a file."""
        try:
            parts = urlsplit(self.path)
        except ValueError:
            self._answer(b"not here", "text/plain", HTTPStatus.NOT_FOUND)
            return
        hosts = {f"{name}:{self.server.server_address[1]}" for name in ("127.0.0.1", "localhost")}
        token, _, name = parts.path.lstrip("/").partition("/")
        if self.headers.get("Host") not in hosts or not secrets.compare_digest(
            token.encode(), self.server.token.encode()
        ):
            self._answer(b"not here", "text/plain", HTTPStatus.NOT_FOUND)
            return
        asked = {key: values[-1] for key, values in parse_qs(parts.query).items()}
        if name == "":
            self._page()
        elif name == "state":
            self._answer(json_bytes(self.server.session.state(_view(asked))), "application/json")
        elif name == "events":
            self._events()
        elif name == "download":
            self._download(asked)
        else:
            self._answer(b"not here", "text/plain", HTTPStatus.NOT_FOUND)

    def _page(self) -> None:
        """Answer with the page itself."""
        nonce = secrets.token_urlsafe(12)
        text = Path(__file__).with_name("page.html").read_text(encoding="utf-8")
        said = json_bytes({"choices": choices(), "name": self.server.session.path.name}).decode()
        text = text.replace("__NONCE__", nonce).replace("__CHOICES__", said.replace("<", "\\u003c"))
        policy = (
            f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'unsafe-inline'; img-src data:; "
            "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        self._answer(text.encode(), "text/html", more={"Content-Security-Policy": policy})

    def _events(self) -> None:
        """Tell of every change until the browser goes."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        session, closing = self.server.session, self.server.closing
        told = session.stamp()
        quiet = 0
        try:
            self.wfile.write(b": hello\n\n")
            while not closing.wait(POLL):
                if session.stamp() != told:
                    told, quiet = session.settle(), 0
                    self.wfile.write(b"data: changed\n\n")
                elif (quiet := quiet + 1) % HEARTBEAT == 0:
                    self.wfile.write(b": still here\n\n")
        except OSError:
            return

    def _download(self, asked: dict[str, str]) -> None:
        """Answer with a file, or with what keeps it from being made."""
        kind = asked.get("format", "pdf")
        page = int(asked["of"]) if re.fullmatch("[0-9]{1,6}", asked.get("of", "")) else 0
        if kind not in TYPES:
            self._answer(b"not here", "text/plain", HTTPStatus.NOT_FOUND)
            return
        try:
            data = self.server.session.file(_view(asked), kind, page)
        except BananaError as error:
            self._answer(str(error).encode(), "text/plain", HTTPStatus.CONFLICT)
            return
        name = quote(f"{self.server.session.path.stem}.{kind}")
        self._answer(data, TYPES[kind], more={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"})

    def _answer(
        self, data: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK, more: dict[str, str] | None = None
    ) -> None:
        """Send an answer that nobody keeps, frames or takes for something else."""
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(data)))
        for key, value in {
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Resource-Policy": "same-origin",
            **(more or {}),
        }.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(data)


def _view(asked: dict[str, str]) -> View:
    """Return the view an address asks for; themes by the names of ours only, never by a path."""
    known = choices()
    theme, preset = asked.get("theme", ""), asked.get("preset", "screen")
    return View(
        theme if theme in known["theme"] else "",
        asked.get("page", "")[:40],
        asked.get("landscape") == "1",
        preset if preset in known["preset"] else "screen",
        asked.get("plain") == "1",
    )
