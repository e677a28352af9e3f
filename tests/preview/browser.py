"""A headless Chromium of the tests' own, driven by the DevTools protocol."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import time

from websockets.sync.client import connect

BROWSER = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-port=0",
    "--window-size=1200,800",
)


class Page:
    """One tab."""

    def __init__(self, socket):
        self._socket = socket
        self._number = 0
        self.complaints = []

    def send(self, method, **parameters):
        """Send a command and return its result; what the page throws or logs as an error meanwhile is kept."""
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": parameters}))
        while True:
            said = json.loads(self._socket.recv(timeout=20))
            if said.get("method") in ("Runtime.exceptionThrown", "Log.entryAdded"):
                self.complaints.append(said["params"])
            if said.get("id") == self._number:
                assert "error" not in said, said
                return said["result"]

    def run(self, script):
        """Return what a script evaluates to."""
        found = self.send("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def wait(self, script, seconds=10.0):
        """Return the first true value of a script; it is asked every few milliseconds."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if found := self.run(script):
                return found
            time.sleep(0.005)
        raise AssertionError(f"never true: {script}")


@contextlib.contextmanager
def opened(url, profile):
    """Yield a page that shows an address, in a browser with a fresh profile."""
    process = subprocess.Popen(
        [BROWSER, *FLAGS, f"--user-data-dir={profile}", "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        file = profile / "DevToolsActivePort"
        until = time.monotonic() + 20
        while not (file.exists() and len(file.read_text().split()) == 2):
            assert time.monotonic() < until and process.poll() is None, "the browser did not start"
            time.sleep(0.05)
        port, path = file.read_text().split()
        with connect(f"ws://127.0.0.1:{port}{path}", max_size=None) as socket:
            browser = Page(socket)
            target = browser.send("Target.createTarget", url="about:blank")["targetId"]
            with connect(f"ws://127.0.0.1:{port}/devtools/page/{target}", max_size=None) as tab:
                page = Page(tab)
                for domain in ("Runtime", "Log", "Page"):
                    page.send(f"{domain}.enable")
                page.send("Page.navigate", url=url)
                yield page
            with contextlib.suppress(Exception):
                browser.send("Browser.close")
    finally:
        process.terminate()
        process.wait(10)
