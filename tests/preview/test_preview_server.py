"""The preview's server answers those who know its address, and nobody else."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from banana_layout.preview.server import PATIENCE, Preview, _Handler
from banana_layout.preview.session import Session

SHEET = "---\npage: A6\n---\n# T\n\n## P\n\nx\n"


@pytest.fixture
def preview(tmp_path):
    """A preview of a small sheet."""
    (tmp_path / "s.md").write_text(SHEET, encoding="utf-8")
    running = Preview(Session(tmp_path / "s.md"))
    threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True).start()
    yield running
    running.shutdown()
    running.server_close()


def asked(preview, path, host=None):
    connection = http.client.HTTPConnection("127.0.0.1", preview.server_address[1], timeout=5)
    connection.request("GET", path, headers={"Host": host} if host else {})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body


def test_only_the_loopback_is_listened_on(preview):
    """Nobody on the network can reach it."""
    assert preview.server_address[0] == "127.0.0.1"


def test_nothing_is_told_without_the_token(preview):
    """A guessed address, another token, and names that point here are all answered alike."""
    good = f"/{preview.token}/state"
    assert asked(preview, good)[0] == 200
    for path in ("/", "/state", "/x/state", f"/{preview.token}x/state", f"/{preview.token}/../state", "/%C3%A4%00/"):
        assert asked(preview, path)[0] == 404
    assert asked(preview, good, "evil.example:80")[0] == 404


def raw(preview, request):
    """What comes back for bytes, until the server has no more to say."""
    with socket.create_connection(preview.server_address, timeout=5) as connection:
        connection.sendall(request)
        return connection.recv(200)


def test_every_request_is_answered(preview):
    """Addresses that are none, numbers of five thousand digits and odd digits get an answer, not a dropped connection."""
    host = f"Host: 127.0.0.1:{preview.server_address[1]}\r\n\r\n"
    assert raw(preview, f"GET http://[::1 HTTP/1.1\r\n{host}".encode()).startswith(b"HTTP/1.1 404")
    for number in ("9" * 5000, "%C2%B2", "%D9%A1", "-1", "1e3"):
        request = f"GET /{preview.token}/download?format=svg&of={number} HTTP/1.1\r\n{host}"
        assert raw(preview, request.encode()).startswith(b"HTTP/1.1 200")


def test_who_says_nothing_is_not_waited_for(preview, monkeypatch):
    """A connection that sends half a request is closed after a while; others are answered meanwhile."""
    assert _Handler.timeout == PATIENCE
    monkeypatch.setattr(_Handler, "timeout", 0.3)
    with socket.create_connection(preview.server_address, timeout=5) as slow:
        slow.sendall(b"GET /")
        assert asked(preview, f"/{preview.token}/")[0] == 200
        assert slow.recv(10) == b""


def test_a_view_cannot_name_files(preview):
    """Themes are chosen by the names of ours; formats are the three."""
    state = json.loads(asked(preview, f"/{preview.token}/state?theme=../../etc/passwd.toml&page=nonsense")[1])
    assert state["pages"] == [] and "nonsense" in state["findings"][0]["message"]
    assert json.loads(asked(preview, f"/{preview.token}/state?theme=/x.toml")[1])["theme"] == "nano-banana"
    assert asked(preview, f"/{preview.token}/download?format=exe")[0] == 404


def test_what_cannot_be_drawn_cannot_be_saved(preview):
    """A download of a broken sheet tells why."""
    preview.session.path.write_text("---\ntheme: nope\n---\n# T\n", encoding="utf-8")
    status, body = asked(preview, f"/{preview.token}/download?format=pdf")
    assert status == 409 and b"nope" in body


def test_states_are_drawn_once_for_each_content(preview):
    """The same view of the same file is the same state; a saved file is a new one."""
    from banana_layout.preview.session import View

    first = preview.session.state(View())
    assert preview.session.state(View()) is first
    preview.session.path.write_text(SHEET + "\nmore\n", encoding="utf-8")
    assert preview.session.state(View()) is not first


def test_the_command_prints_the_address_and_ends_with_an_interrupt(tmp_path):
    """`banana watch` serves until Ctrl-C, which is no error."""
    (tmp_path / "s.md").write_text(SHEET, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2]), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "banana_layout", "watch", "-q", str(tmp_path / "s.md")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    try:
        url = process.stdout.readline().strip()
        port, token = url.split(":")[2].split("/")[:2]
        connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=10)
        connection.request("GET", f"/{token}/")
        assert b"EventSource" in connection.getresponse().read()
        connection.close()
        time.sleep(0.3)
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
    assert process.stderr.read() == ""
