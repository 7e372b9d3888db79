"""The Firefox of the machine, driven by WebDriver BiDi, which it speaks without a driver.

Source: https://w3c.github.io/webdriver-bidi/
"""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from websockets.sync.client import ClientConnection

#: The seconds within which Firefox answers; a loaded machine takes its time.
PATIENCE: Final = 60
#: Settings of a profile without which Firefox asks its makers' servers for updates and studies.
QUIET: Final = {
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.safebrowsing.provider.mozilla.updateURL": "",
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.getAddons.cache.enabled": False,
    "media.gmp-manager.updateEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
}
ENTER: Final = "\ue007"


class FirefoxPage:
    """A tab. ``errors`` are what its console says of errors."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._commands = 0
        self.errors: list[str] = []
        self._call("session.new", capabilities={})
        self._call("session.subscribe", events=["log.entryAdded"])
        tree = self._call("browsingContext.getTree")
        self._context: str = tree["contexts"][0]["context"]

    def goto(self, url: str) -> None:
        self._call("browsingContext.navigate", context=self._context, url=url, wait="complete")

    def go_back(self) -> None:
        self._call("browsingContext.traverseHistory", context=self._context, delta=-1)

    def evaluate(self, expression: str) -> Any:
        """Return the value of an expression of JavaScript, as JSON has it."""
        answer = self._call(
            "script.evaluate",
            expression=f"(async () => JSON.stringify((await ({expression})) ?? null))()",
            target={"context": self._context},
            awaitPromise=True,
        )
        if answer["type"] != "success":
            raise AssertionError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    def wait_for(self, condition: str) -> None:
        """Wait until an expression of JavaScript is true, on this page or on the next."""
        for _attempt in range(PATIENCE * 10):
            # A page that is being left cannot answer.
            try:
                if self.evaluate(f"Boolean({condition})"):
                    return
            except RuntimeError:
                pass
            try:
                self._receive(timeout=0.1)
            except TimeoutError:
                continue
        raise AssertionError(f"never true: {condition}")

    def resize(self, width: int, height: int) -> None:
        """Make the window that large."""
        viewport = {"width": width, "height": height}
        self._call("browsingContext.setViewport", context=self._context, viewport=viewport)

    def screenshot(self, path: Path) -> None:
        """Write a picture of the window, when the pictures that are in it are there."""
        self.wait_for("[...document.images].every(one => one.complete)")
        answer = self._call("browsingContext.captureScreenshot", context=self._context)
        path.write_bytes(base64.b64decode(answer["data"]))

    def focus(self, element: str) -> None:
        """Focus an element, an expression of JavaScript.

        A window without a screen is never active, and so tells nobody of the focus.
        """
        told = "new FocusEvent('focusin', { bubbles: true })"
        self.evaluate(f"void ({element}.focus(), {element}.dispatchEvent({told}))")

    def press(self, keys: str) -> None:
        """Press keys, one after the other, as a person who types them."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        source = {"type": "key", "id": "keyboard", "actions": actions}
        self._call("input.performActions", context=self._context, actions=[source])

    def _call(self, method: str, **params: Any) -> dict[str, Any]:
        self._commands += 1
        command = {"id": self._commands, "method": method, "params": params}
        self._connection.send(json.dumps(command))
        while True:
            answer = self._receive(PATIENCE)
            if answer.get("id") != self._commands:
                continue
            if answer["type"] == "error":
                raise RuntimeError(f"{method}: {answer['error']}: {answer['message']}")
            result: dict[str, Any] = answer["result"]
            return result

    def _receive(self, timeout: float) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self._connection.recv(timeout))
        if answer.get("method") == "log.entryAdded" and answer["params"]["level"] == "error":
            self.errors.append(answer["params"]["text"])
        return answer


@contextmanager
def firefox(profile: Path) -> Iterator[FirefoxPage]:
    """Start Firefox without a window, with a profile in this folder; skip where there is none."""
    client = pytest.importorskip("websockets.sync.client")
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        pytest.skip("there is no Firefox")
    profile.mkdir()
    preferences = [f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in QUIET.items()]
    (profile / "user.js").write_text("".join(preferences), "utf-8")
    command = [program, "--headless", "--no-remote", "--profile", str(profile)]
    command += ["--remote-debugging-port", "0"]
    streams: Any = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, **streams, text=True) as process:
        try:
            with client.connect(f"{_address(process)}/session", max_size=None) as connection:
                yield FirefoxPage(connection)
        finally:
            process.kill()


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stderr
    for line in process.stderr:
        if found := re.search(r"WebDriver BiDi listening on (\S+)", line):
            return found[1]
    raise AssertionError("Firefox ended before it listened")
