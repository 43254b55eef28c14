"""How a message leaves this machine: by SMTP to a mail server, or as JSON to a webhook, within the closed network only.
Which messages are carried, and what has been confirmed, is kept in sending."""

from __future__ import annotations

import http.client
import json
import os
import smtplib
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

PATIENCE = 20.0  # seconds that a server may take to answer
SHEET = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
PLAIN, STARTTLS, TLS = "none", "starttls", "tls"
PORTS = {PLAIN: 25, STARTTLS: 587, TLS: 465}
PASSWORD, PASSWORD_FILE = "ENFORCEMENT_SMTP_PASSWORD", "ENFORCEMENT_SMTP_PASSWORD_FILE"
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


@dataclass(frozen=True)
class MailServer:
    """`host` or `host:port`; none, starttls or tls; and who signs in, with the password that the environment names."""

    address: str
    security: str = PLAIN
    user: str = ""


def by_mail(letter: Letter, server: MailServer, sender: str, receiver: str) -> None:
    """Hand it to the mail server. NotCarriedError unless the server takes it, on a line as safe as was asked for."""
    files = letter.content()
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, receiver, letter.title
    mail["Message-ID"] = f"<{letter.identity}@enforcement-warehouse>"
    mail.set_content(letter.title)
    mail.add_alternative(files["news.html"].decode("utf-8"), subtype="html")
    mail.add_attachment(files["news.xlsx"], maintype=SHEET[0], subtype=SHEET[1], filename="news.xlsx")
    try:
        with _line(server) as line:
            line.send_message(mail)
    except smtplib.SMTPAuthenticationError as failed:  # what a server answers may repeat what it was told
        raise NotCarriedError(
            f"{server.address} 不接受 {server.user} 的登录（{failed.smtp_code}） | does not let {server.user} in"
        ) from None
    except (OSError, smtplib.SMTPException, ValueError) as failed:
        raise NotCarriedError(f"{server.address} 没有收下：{failed} | did not take it: {failed}") from failed


class _Inside(smtplib.SMTP):
    """Connects to the address that was looked at, and goes on under the name that the certificate has to bear."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:  # SMTP_SSL is made by it as well
        return super()._get_socket(_inside(host), port, timeout)  # type: ignore[misc] # not in the stubs


class _Encrypted(smtplib.SMTP_SSL, _Inside):
    """The same, encrypted from the first word on."""


def _line(server: MailServer) -> smtplib.SMTP:
    """Connected, encrypted and signed in as the settings say; nobody signs in on a line that others can read."""
    host, _, port = server.address.partition(":")
    number, context = int(port or PORTS[server.security]), ssl.create_default_context()
    password = _password(server) if server.user else ""
    if server.security == TLS:
        line: smtplib.SMTP = _Encrypted(host, number, timeout=PATIENCE, context=context)
    else:
        line = _Inside(host, number, timeout=PATIENCE)
    try:
        if server.security == STARTTLS:
            line.starttls(context=context)
        if server.user:
            line.login(server.user, password)
    except BaseException:
        line.close()
        raise
    return line


def _password(server: MailServer) -> str:
    """From the file that the environment names, or the environment itself; never from the settings. NotCarriedError."""
    if server.security == PLAIN:
        raise NotCarriedError("登录须加密：设置 smtp_security | a login needs smtp_security: starttls or tls")
    named = os.environ.get(PASSWORD_FILE)
    if named and Path(named).stat().st_mode & 0o077:
        raise NotCarriedError(f"他人可读 {named}：chmod 600 | others may read the mail password: chmod 600")
    password = Path(named).read_text(encoding="utf-8").strip() if named else os.environ.get(PASSWORD, "")
    if not password or not password.isascii():
        raise NotCarriedError(
            f"没有邮件登录口令，或含有非 ASCII 字符：设置 {PASSWORD_FILE} 或 {PASSWORD} | "
            f"there is no mail password, or it is not ASCII: set {PASSWORD_FILE} or {PASSWORD}"
        )
    return password


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
