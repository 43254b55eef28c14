"""A letter on its way to a mail server: encrypted where the settings say so, signed in on no other line, and with a
password that is told to nobody else. Queue and retries are tested with the sending."""

from __future__ import annotations

import base64
import socketserver
import ssl
import subprocess
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dashboards.outbox import carriers
from dashboards.outbox.carriers import (
    PASSWORD,
    PASSWORD_FILE,
    PLAIN,
    STARTTLS,
    TLS,
    Letter,
    MailServer,
    NotCarriedError,
)

SECRET = "S3cret-%word"


class Heard:
    """What a mail server was told, and on which kind of line."""

    def __init__(self) -> None:
        self.logins: list[tuple[str, bool]] = []
        self.letters: list[bool] = []
        self.lines: list[str] = []


@contextmanager
def mail_server(certificate: Path, security: str, *, knows: str = SECRET) -> Iterator[tuple[str, Heard]]:
    """SMTP as far as one letter needs it, in clear, with STARTTLS, or encrypted from the first word on."""
    heard = Heard()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")

    class Line(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            try:
                self._talk()
            except (OSError, ssl.SSLError):
                """The client went away."""

        def _talk(self) -> None:
            line = context.wrap_socket(self.request, server_side=True) if security == TLS else self.request
            words, is_safe = line.makefile("rb"), security == TLS
            line.sendall(b"220 here\r\n")
            while word := words.readline().decode().strip():
                heard.lines.append(word)
                verb = word.upper().split(" ")[0]
                if verb == "EHLO":
                    offers = [b"250-here", *([b"250-STARTTLS"] if security == STARTTLS and not is_safe else [])]
                    line.sendall(b"\r\n".join([*offers, b"250 AUTH PLAIN"]) + b"\r\n")
                elif verb == "STARTTLS":
                    line.sendall(b"220 go on\r\n")
                    line, is_safe = context.wrap_socket(self.request, server_side=True), True
                    words = line.makefile("rb")
                elif verb == "AUTH":
                    said = base64.b64decode(word.split(" ")[2]).split(b"\0")
                    heard.logins.append((said[1].decode(), is_safe))
                    is_known = said[2].decode() == knows
                    line.sendall(b"235 in\r\n" if is_known else f"535 no {said[2].decode()}\r\n".encode())
                elif verb == "DATA":
                    line.sendall(b"354 go on\r\n")
                    while words.readline() != b".\r\n":
                        """The letter."""
                    heard.letters.append(is_safe)
                    line.sendall(b"250 taken\r\n")
                else:
                    line.sendall(b"221 bye\r\n" if verb == "QUIT" else b"250 ok\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Line) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"localhost:{server.server_address[1]}", heard
        server.shutdown()


def _certificate(place: Path, name: str) -> Path:
    place.mkdir()
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}",
         "-addext", f"subjectAltName=DNS:{name}", "-keyout", str(place / "key.pem"), "-out", str(place / "cert.pem")],
        check=True, capture_output=True,
    )  # fmt: skip
    return place


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the name that the settings say."""
    return _certificate(tmp_path_factory.mktemp("mail") / "right", "localhost")


@pytest.fixture
def letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, certificate: Path) -> Letter:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))
    monkeypatch.setenv(PASSWORD, SECRET)
    monkeypatch.delenv(PASSWORD_FILE, raising=False)
    (tmp_path / "news.html").write_text("<h1>提醒</h1>", encoding="utf-8")
    (tmp_path / "news.xlsx").write_bytes(b"PK")
    return Letter("a" * 32, "bureau", "2019年12月：1项提醒", tmp_path)


def send(letter: Letter, address: str, security: str, user: str = "") -> None:
    carriers.by_mail(letter, MailServer(address, security, user), "a@court.example", "b@court.example")


def refused(letter: Letter, address: str, security: str, user: str = "") -> str:
    with pytest.raises(NotCarriedError) as raised:
        send(letter, address, security, user)
    assert SECRET not in "".join(traceback.format_exception(raised.value))
    return str(raised.value)


@pytest.mark.parametrize("user", ["", "enforcement"])
@pytest.mark.parametrize("security", [STARTTLS, TLS])
def test_letter_and_login_go_on_an_encrypted_line(letter: Letter, certificate: Path, security: str, user: str) -> None:
    with mail_server(certificate, security) as (address, heard):
        send(letter, address, security, user)
    assert heard.letters == [True] and heard.logins == ([(user, True)] if user else [])


def test_without_either_a_letter_goes_in_clear_as_before(letter: Letter, certificate: Path) -> None:
    with mail_server(certificate, PLAIN) as (address, heard):
        send(letter, address, PLAIN)
    assert heard.letters == [False] and heard.logins == []


def test_nobody_signs_in_on_a_line_that_others_can_read(letter: Letter, certificate: Path) -> None:
    with mail_server(certificate, PLAIN) as (address, heard):
        assert "smtp_security" in refused(letter, address, PLAIN, "enforcement")
        assert "STARTTLS" in refused(letter, address, STARTTLS, "enforcement")  # somebody took the offer off
    assert heard.logins == [] and heard.letters == []


@pytest.mark.parametrize("security", [STARTTLS, TLS])
def test_a_server_under_another_name_is_told_nothing(
    letter: Letter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, security: str
) -> None:
    other = _certificate(tmp_path / "other", "mail.court.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(other / "cert.pem"))
    with mail_server(other, security) as (address, heard):
        assert "certificate" in refused(letter, address, security, "enforcement").lower()
    assert heard.logins == [] and heard.letters == []


def test_a_certificate_that_nobody_vouches_for_is_refused(
    letter: Letter, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with mail_server(certificate, TLS) as (address, heard):
        assert "certificate" in refused(letter, address, TLS).lower()
    assert heard.letters == []


def test_a_login_that_is_refused_tells_no_password_even_where_the_server_does(
    letter: Letter, certificate: Path
) -> None:
    with mail_server(certificate, TLS, knows="another") as (address, heard):
        said = refused(letter, address, TLS, "enforcement")
    assert "enforcement" in said and "535" in said and heard.letters == []


def test_the_password_comes_from_a_private_file_or_from_nowhere(
    letter: Letter, certificate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "password"
    file.write_text(f"{SECRET}\n", encoding="utf-8")
    monkeypatch.setenv(PASSWORD_FILE, str(file))
    monkeypatch.delenv(PASSWORD)
    with mail_server(certificate, TLS) as (address, heard):
        file.chmod(0o644)
        assert "chmod 600" in refused(letter, address, TLS, "enforcement")
        file.chmod(0o600)
        send(letter, address, TLS, "enforcement")
        file.write_text("口令", encoding="utf-8")
        assert "ASCII" in refused(letter, address, TLS, "enforcement")
        monkeypatch.delenv(PASSWORD_FILE)
        assert PASSWORD_FILE in refused(letter, address, TLS, "enforcement")
    assert len(heard.letters) == 1


def test_a_mail_server_of_the_internet_is_refused_before_anything_is_said(
    letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    for security in (PLAIN, STARTTLS, TLS):
        assert "closed network" in refused(letter, "8.8.8.8:465", security)
