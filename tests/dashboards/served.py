"""The dashboards as a server of their own on this machine, and a page of it in a browser, waited for until it stands.
What is asked of the pages belongs to the tests and the benchmarks."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlparse

from playwright.sync_api import Browser, Page, expect, sync_playwright
from playwright.sync_api import TimeoutError as NotInTime

ROOT = Path(__file__).parents[2]
APP = ROOT / "dashboards" / "streamlit_app.py"
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATIENCE = 45_000  # milliseconds: two cores may be shared with the other tests


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def chromium(*arguments: str) -> Iterator[Browser]:
    """The system's Chromium until the block ends. Kept open longer, its loop would stand in the way of other tests."""
    assert CHROMIUM.exists(), "the browser tests need chromium: apt-get install chromium fonts-noto-cjk"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=[*ARGUMENTS, *arguments])
        yield opened
        opened.close()


@contextmanager
def server(
    log: Path, environment: Mapping[str, str], port: int = 0, script: Path = APP, **options: str
) -> Iterator[str]:
    """`with server(log, {"ENFORCEMENT_DATA_DIR": …}) as address:` the dashboards, answering, until the block ends."""
    port = port or free_port()
    said = {"server.port": str(port), "server.address": "127.0.0.1", "server.headless": "true", **options}
    command = [sys.executable, "-m", "streamlit", "run", str(script), *(f"--{name}={v}" for name, v in said.items())]
    settings = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    with log.open("w", encoding="utf-8") as told:
        running = subprocess.Popen(command, cwd=APP.parent, env=settings, stdout=told, stderr=subprocess.STDOUT)
        try:
            _wait_until_it_answers(running, port, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            running.terminate()
            running.wait(timeout=20)


def _wait_until_it_answers(running: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        assert running.poll() is None, f"the dashboards did not start: {log.read_text(encoding='utf-8')}"
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1):
                return
        except HTTPError:
            return  # a refusal is an answer
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the dashboards did not answer within a minute")


def settled(page: Page) -> None:
    """Waits until the script has run and the page has its first words."""
    expect(page.locator(".g-headline h1, .g-wall h1").first).to_be_visible(timeout=PATIENCE)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=PATIENCE)


def too_wide_by(page: Page) -> int:
    """By how many pixels the page is wider than its window; 0 as soon as it fits, else what is so after five seconds.

    A chart follows a new width after the script has run: on a busy machine a page was 6 pixels too wide until then.
    """
    over = "() => (e => e.scrollWidth - e.clientWidth)(document.querySelector('[data-testid=stMain]'))"
    with suppress(NotInTime):
        page.wait_for_function(f"() => ({over})() === 0", timeout=5_000)
    return int(page.evaluate(over))


def parameters(page: Page) -> dict[str, str]:
    """The state in the page's address; of what is repeated, the first."""
    return {name: values[0] for name, values in parse_qs(urlparse(page.url).query).items()}
