"""How a message leaves this machine: by SMTP to a mail server, or as JSON to a webhook, within the closed network only.
Which messages are carried, and what has been confirmed, is kept in sending."""

from __future__ import annotations

import http.client
import json
import smtplib
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

PATIENCE = 20.0  # seconds that a server may take to answer
SHEET = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
MAIL_PORT = 25
CONFIRMED = range(200, 300)


class NotCarriedError(Exception):
    """A message was not confirmed by whom it was handed to; why is said in both languages."""


@dataclass(frozen=True)
class Letter:
    """One message: an identity that stays the same however often it is carried, and the files that people read."""

    identity: str
    reader: str
    title: str
    folder: Path

    def content(self) -> dict[str, bytes]:
        return {name: (self.folder / name).read_bytes() for name in ("news.html", "news.xlsx")}


def by_mail(letter: Letter, server: str, sender: str, receiver: str) -> None:
    """Hand it to the mail server (`host` or `host:port`). NotCarriedError unless the server takes it."""
    host, _, port = server.partition(":")
    files = letter.content()
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, receiver, letter.title
    mail["Message-ID"] = f"<{letter.identity}@enforcement-warehouse>"
    mail.set_content(letter.title)
    mail.add_alternative(files["news.html"].decode("utf-8"), subtype="html")
    mail.add_attachment(files["news.xlsx"], maintype=SHEET[0], subtype=SHEET[1], filename="news.xlsx")
    try:
        with smtplib.SMTP(_inside(host), int(port or MAIL_PORT), timeout=PATIENCE) as line:
            line.send_message(mail)
    except (OSError, smtplib.SMTPException, ValueError) as failed:
        raise NotCarriedError(f"{server} 没有收下：{failed} | did not take it: {failed}") from failed


def by_webhook(letter: Letter, address: str) -> None:
    """Post it as JSON. NotCarriedError unless the answer is 2xx; a redirection is not followed."""
    parts = urlsplit(address)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    said: Mapping[str, str] = {
        "message_id": letter.identity,
        "reader": letter.reader,
        "title": letter.title,
        "html": letter.content()["news.html"].decode("utf-8"),
    }
    try:
        host = parts.hostname or ""
        inside = _inside(host)
        line = kind(host if parts.scheme == "https" else inside, parts.port, timeout=PATIENCE)
        try:
            path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
            headers = {"Content-Type": "application/json", "Host": parts.netloc, "Idempotency-Key": letter.identity}
            line.request("POST", path, json.dumps(said, ensure_ascii=False).encode(), headers)
            status = line.getresponse().status
        finally:
            line.close()
    except (OSError, http.client.HTTPException, ValueError) as failed:
        raise NotCarriedError(f"{address} 没有收下：{failed} | did not take it: {failed}") from failed
    if status not in CONFIRMED:
        raise NotCarriedError(f"{address} 答复 {status} | answered {status}")


def _inside(host: str) -> str:
    """An address of the host, if all that it has are of a closed network. NotCarriedError for any of the internet."""
    found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, None, proto=socket.IPPROTO_TCP)}
    if outside := sorted(each for each in found if ip_address(each.partition("%")[0]).is_global):
        raise NotCarriedError(
            f"{host}（{outside[0]}）不在内网，未发送 | is no address of a closed network: nothing is sent"
        )
    return sorted(found)[0]
