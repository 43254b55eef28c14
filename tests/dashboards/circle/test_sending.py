"""What leaves the machine: nothing without an address, each message once, again after a failure or a kill, and only
within the closed network. What is in a message is tested with the alerts."""

from __future__ import annotations

import email
import json
import os
import signal
import socketserver
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from dashboards.access.readers import Reader
from dashboards.month import Month
from dashboards.outbox import box, carriers, sending
from dashboards.outbox.carriers import NotCarriedError
from dashboards.outbox.news import Item
from dashboards.outbox.sending import Addresses, send
from dashboards.proceedings import store, subscriptions
from dashboards.proceedings.store import Writer

SNAPSHOT = "20200105-0800-full"
ROOT = Path(__file__).parents[3]
BUREAU = Writer(Reader("bureau", "bureau", None), "QH", SNAPSHOT)


class Taking:
    """A server of the closed network: what it was handed, and how often it still says no."""

    def __init__(self) -> None:
        self.taken: list[Any] = []
        self.refusals = 0
        self.refusal, self.elsewhere = 503, ""

    def refuses(self) -> bool:
        self.refusals -= 1
        return self.refusals >= 0


@contextmanager
def webhook() -> Iterator[tuple[str, Taking]]:
    taking = Taking()

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            taking.taken.append(said | {"key": self.headers["Idempotency-Key"]})
            self.send_response(taking.refusal if taking.refuses() else 204)
            self.send_header("Location", taking.elsewhere)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Silent."""

    with HTTPServer(("127.0.0.1", 0), Hook) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/alerts", taking
        server.shutdown()


@contextmanager
def mail_server() -> Iterator[tuple[str, Taking]]:
    """As much of SMTP as a client needs to hand over one letter."""
    taking = Taking()

    class Line(socketserver.StreamRequestHandler):
        def says(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())

        def handle(self) -> None:
            self.says("220 here")
            while word := self.rfile.readline().strip().upper():
                if word.startswith(b"DATA"):
                    self.says("354 go on")
                    lines = list(iter(self.rfile.readline, b".\r\n"))
                    taking.taken.append(email.message_from_bytes(b"".join(lines), policy=default))
                    self.says("451 later" if taking.refuses() else "250 taken")
                elif word.startswith(b"QUIT"):
                    self.says("221 bye")
                    return
                else:
                    self.says("250 ok")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Line) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}", taking
        server.shutdown()


@pytest.fixture
def waiting(house: Path) -> Path:
    """A message for the bureau, one for a court, and one for somebody who is not in the access file any more."""
    subscriptions.follow(BUREAU, "delivery", "", "en")
    files = {"news.html": "<h1>说明</h1>".encode(), "news.xlsx": b"PK"}
    for reader, court in (("bureau", "T13"), ("court", "T21"), ("gone", "T13")):
        item = Item(f"delivery|{reader}", "delivery", "not_delivered", court, "", "2019-12", {"kinds": ["cases"]})
        with box.locked():
            box.put(reader, Month.parse("2019-12"), SNAPSHOT, [item], files)
    return house


def keys(taking: Taking) -> list[str]:
    return [said["key"] for said in taking.taken]


def test_nothing_is_sent_where_no_address_is_set(waiting: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carriers, "_inside", lambda host: pytest.fail(f"{host} was looked up"))
    for addresses in (Addresses(), Addresses(smtp="127.0.0.1:1"), Addresses(smtp="127.0.0.1:1", sender="a@b")):
        assert send(addresses, 0) == sending.Sent()
    assert not store.acts(sending.KIND, sending.EVERYWHERE)


def test_every_reader_of_today_is_sent_their_message_once(waiting: Path) -> None:
    with webhook() as (address, taking):
        assert send(Addresses(webhook=address), 0).confirmed == 2
        assert {said["reader"] for said in taking.taken} == {"bureau", "court"}
        assert all("说明" in said["html"] and said["message_id"] == said["key"] for said in taking.taken)
        assert send(Addresses(webhook=address), 0) == sending.Sent()
        assert len(taking.taken) == len(set(keys(taking))) == 2


def test_a_server_that_is_busy_is_asked_again_and_what_it_did_not_take_waits(waiting: Path) -> None:
    with webhook() as (address, taking):
        taking.refusals = 2
        assert send(Addresses(webhook=address), 0).confirmed == 2
        assert len(set(keys(taking))) == 2 and len(taking.taken) == 4
    down = send(Addresses(webhook=address.replace("/alerts", "/other"), smtp=""), 0)
    assert down == sending.Sent(), "the way is known by its kind: a moved webhook gets no copies"


def test_what_was_not_taken_is_sent_at_the_next_publication(waiting: Path) -> None:
    with webhook() as (address, taking):
        taking.refusals = 10**6
        first = send(Addresses(webhook=address), 0)
        assert first.confirmed == 0 and len(first.failed) == 2 and "503" in first.failed[0]
        taking.refusals = 0
        assert send(Addresses(webhook=address), 0).confirmed == 2


def test_a_letter_has_page_and_workbook_and_goes_to_its_reader_alone(waiting: Path) -> None:
    with mail_server() as (address, taking):
        to = Addresses(smtp=address, sender="warehouse@court.example", receivers={"bureau": "b@court.example"})
        assert send(to, 0).confirmed == 1
        assert send(to, 0).confirmed == 0
    (mail,) = taking.taken
    assert isinstance(mail, EmailMessage)
    assert mail["To"] == "b@court.example" and "1" in mail["Subject"]
    assert "说明" in mail.get_body(("html",)).get_content()
    assert [part.get_filename() for part in mail.iter_attachments()] == ["news.xlsx"]


def test_a_reader_who_was_moved_is_not_sent_what_they_saw_before(waiting: Path) -> None:
    with box.locked():
        item = Item("due|1", "due", "due_soon", "T13", "", "2019-12", {})
        box.put("court", Month.parse("2019-12"), SNAPSHOT, [item], {"news.html": b"T13", "news.xlsx": b"PK"})
    with webhook() as (address, taking):
        assert send(Addresses(webhook=address), 0).confirmed == 2
        assert "T13" not in {said["html"] for said in taking.taken}


@pytest.mark.parametrize("host", ["8.8.8.8", "1.1.1.1:25"])
def test_an_address_of_the_internet_is_refused(waiting: Path, host: str) -> None:
    bare = host.partition(":")[0]
    with pytest.raises(NotCarriedError, match="closed network"):
        carriers._inside(bare)
    sent = send(Addresses(webhook=f"http://{host}/x"), 0)
    assert sent.confirmed == 0 and "内网" in sent.failed[0]


def test_a_redirection_is_not_followed(waiting: Path) -> None:
    with webhook() as (other, trap), webhook() as (address, taking):
        taking.refusals, taking.refusal, taking.elsewhere = 10**6, 307, other
        sent = send(Addresses(webhook=address), 0)
    assert sent.confirmed == 0 and "307" in sent.failed[0] and trap.taken == []


KILLED = """
import sys
from dashboards.outbox import sending
real = sending._confirm
def killed(letter, by):
    import os, signal
    os.kill(os.getpid(), signal.SIGKILL)
sending._confirm = killed
sending.send(sending.Addresses(webhook=sys.argv[1]), 0)
"""


def test_killed_between_sending_and_confirming_one_message_comes_twice_under_one_identity(waiting: Path) -> None:
    with webhook() as (address, taking):
        done = subprocess.run(
            [sys.executable, "-c", KILLED, address], env={**os.environ, "PYTHONPATH": str(ROOT)}, cwd=ROOT, timeout=60
        )
        assert done.returncode == -signal.SIGKILL and len(taking.taken) == 1
        assert send(Addresses(webhook=address), 0).confirmed == 2
        assert len(taking.taken) == 3 and len(set(keys(taking))) == 2
