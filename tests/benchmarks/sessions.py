"""Readers at once: `python -m tests.benchmarks.sessions --data <tree>`; server time of page scripts by real sessions.
Every session speaks the browser's own protocol with a real server; what pages show is tested elsewhere."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlencode

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboards.app_pages.frame.sitemap import PAGES

REPOSITORY = Path(__file__).resolve().parents[2]
SESSIONS = (1, 10, 50)
THINK_SECONDS = (4.0, 12.0)  # a reader looks at a page before the next click
CLICKS = 8
AIM_SECONDS, FIRST_AIM_SECONDS = 0.3, 2.0
MONTHS, COURTS = ("2019-12", "2019-11", "2019-06", "2018-12"), ("T11", "T13", "T21", "T33", "T41")
LONGEST = 60.0
TROUBLE = 'class="g-headline g-trouble"'  # a page whose data cannot be read is no answer


@dataclass(frozen=True)
class Click:
    """One run of a page: seconds from the request until the server had sent the last of it."""

    page: str
    seconds: float
    is_first: bool
    fault: str = ""


@dataclass(frozen=True)
class Load:
    """What so many sessions measured. Seconds; `first` is of the first visit of a page after the server started."""

    sessions: int
    clicks: int
    errors: int
    median: float
    p95: float
    worst: float
    first_worst: float
    by_page: dict[str, float]


def arguments() -> argparse.Namespace:
    made = argparse.ArgumentParser(prog="python -m tests.benchmarks.sessions")
    default = Path(os.environ.get("ENFORCEMENT_DATA_DIR") or REPOSITORY / "data")
    made.add_argument("--data", type=Path, default=default, help="a data tree with a published snapshot")
    made.add_argument("--sessions", type=int, nargs="*", default=list(SESSIONS))
    made.add_argument("--json", type=Path, default=None, help="where to write the figures")
    return made.parse_args()


def start(data: Path) -> tuple[subprocess.Popen[bytes], int]:
    """The dashboards on a free port of this machine, answering."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(REPOSITORY / "dashboards" / "streamlit_app.py")]
    options = [f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true"]
    settings = os.environ | {"ENFORCEMENT_DATA_DIR": str(data), "PYTHONPATH": str(REPOSITORY)}
    server = subprocess.Popen(
        [*command, *options],
        cwd=REPOSITORY / "dashboards",
        env=settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1):
                return server, port
        except OSError:
            time.sleep(0.1)
    server.kill()
    raise RuntimeError("the server did not answer within thirty seconds")


async def session(port: int, number: int, clicks: list[tuple[str, dict[str, str]]], seen: set[str]) -> list[Click]:
    """One reader who goes through `clicks`; pages in `seen` have been shown since the server started."""
    chance, done = random.Random(number), []
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    async with websockets.connect(address, subprotocols=[websockets.Subprotocol("streamlit")], max_size=None) as line:
        for page, state in clicks:
            is_first = page not in seen
            seen.add(page)
            done.append(await _click(line, page, state, is_first))
            await asyncio.sleep(chance.uniform(*THINK_SECONDS) if len(clicks) < len(PAGES) else 0)
    return done


async def _click(line: websockets.ClientConnection, page: str, state: dict[str, str], is_first: bool) -> Click:
    asked = BackMsg()
    asked.rerun_script.query_string = urlencode(state)
    asked.rerun_script.page_name = page
    started = time.perf_counter()
    await line.send(asked.SerializeToString())
    fault = ""
    try:
        while True:
            said = ForwardMsg()
            said.ParseFromString(bytes(await asyncio.wait_for(line.recv(decode=False), LONGEST)))
            kind = said.WhichOneof("type")
            if kind == "delta" and said.delta.new_element.WhichOneof("type") == "exception":
                fault = said.delta.new_element.exception.message[:200]
            if kind == "delta" and TROUBLE in said.delta.new_element.html.body:
                fault = "the page says that it cannot be shown"
            if kind == "page_not_found":
                fault = "page not found"
            if kind == "script_finished" and said.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                break
    except (TimeoutError, websockets.WebSocketException) as failed:
        fault = type(failed).__name__
    return Click(page, time.perf_counter() - started, is_first, fault)


def ways(number: int) -> list[tuple[str, dict[str, str]]]:
    """What a reader clicks: pages of the gallery in an order of their own, now and then another month or court."""
    chance = random.Random(f"reader {number}")
    found = []
    for _ in range(CLICKS):
        state = {
            "lang": chance.choice(("zh", "zh", "en")),
            "month": chance.choice(MONTHS),
            "court": chance.choice(COURTS),
        }
        found.append((chance.choice(PAGES), state))
    return found


async def loaded(port: int, sessions: int, seen: set[str]) -> list[Click]:
    """The clicks of so many readers at once."""
    answers = await asyncio.gather(*(session(port, n, ways(n), seen) for n in range(sessions)))
    return [click for answer in answers for click in answer]


def summed_up(sessions: int, clicks: list[Click], first: list[Click]) -> Load:
    """The figures of a load; clicks that failed are counted and not timed."""
    good = sorted(click.seconds for click in clicks if not click.fault)
    by_page: dict[str, list[float]] = {}
    for click in clicks:
        by_page.setdefault(click.page, []).append(click.seconds)
    return Load(
        sessions=sessions,
        clicks=len(clicks),
        errors=sum(1 for click in clicks if click.fault),
        median=round(statistics.median(good), 3),
        p95=round(good[max(0, round(0.95 * len(good)) - 1)], 3),
        worst=round(good[-1], 3),
        first_worst=round(max(click.seconds for click in first), 3),
        by_page={page: round(statistics.median(found), 3) for page, found in sorted(by_page.items())},
    )


def main() -> int:
    """Prints the figures of each load; 1 if anything failed or an aim was missed."""
    asked = arguments()
    server, port = start(asked.data.resolve())
    try:
        seen: set[str] = set()
        first = asyncio.run(session(port, 0, [(page, {"lang": "zh"}) for page in PAGES], seen))
        loads = []
        for sessions in asked.sessions:
            loads.append(summed_up(sessions, asyncio.run(loaded(port, sessions, seen)), first))
            _say(json.dumps(asdict(loads[-1]), ensure_ascii=False))
    finally:
        server.terminate()
        server.wait()
    for click in first:
        _say(f"first visit  {click.page:<14} {click.seconds:6.2f} s  {click.fault}")
    if asked.json:
        asked.json.write_text(json.dumps([asdict(load) for load in loads], indent=1), encoding="utf-8")
    missed = [load for load in loads if load.errors or load.p95 > AIM_SECONDS or load.first_worst > FIRST_AIM_SECONDS]
    return 1 if missed else 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
