"""The key of the audit log and what is made with it: marks of lines, and the head that says how far the log went.
Both lie outside the data tree; what a line is, and what follows from a mark that does not fit, is said elsewhere."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import socket
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from dashboards.snapshot import REPOSITORY

KEY_BYTES = 32
SYSLOG = Path("/dev/log")
NOTICE = 13 * 8 + 5  # facility "log audit", severity "notice" of RFC 5424


class NoKeyError(Exception):
    """The key is missing, damaged, or lies where whoever has the log has it too. The message says what to do."""


@dataclass(frozen=True)
class Head:
    """The last line of a log: its month and number, and its mark."""

    month: str
    number: int
    digest: str


def key_file() -> Path:
    """ENFORCEMENT_AUDIT_KEY_FILE; by default beside the person-hash key."""
    config = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "enforcement-warehouse"
    return Path(os.environ.get("ENFORCEMENT_AUDIT_KEY_FILE") or config / "audit.key")


def copies_file() -> Path | None:
    """ENFORCEMENT_AUDIT_HEADS: a file that the server can only append to, on which every head is copied."""
    named = os.environ.get("ENFORCEMENT_AUDIT_HEADS")
    return Path(named) if named else None


def key(log: Path, *, may_be_made: bool) -> bytes:
    """The key of the log in the folder `log`. It is made when it `may_be_made`: where no line was ever marked."""
    path = key_file()
    if path.resolve().is_relative_to(log.resolve().parent) or path.resolve().is_relative_to(REPOSITORY):
        raise NoKeyError(
            f"审计密钥不得放在数据目录或代码库内：{path}。请用 ENFORCEMENT_AUDIT_KEY_FILE 指定别处 | the key of the "
            "audit log must lie outside the data tree and the repository: set ENFORCEMENT_AUDIT_KEY_FILE"
        )
    if not path.exists():
        if not may_be_made:
            raise NoKeyError(f"找不到审计密钥 {path}，请从备份恢复 | the key of the audit log is gone; restore it")
        _make(path)
    with suppress(ValueError, OSError):
        found = bytes.fromhex(path.read_text().strip())
        if len(found) >= KEY_BYTES:
            return found
    raise NoKeyError(
        f"审计密钥 {path} 无法读取或已损坏，请从备份恢复 | the key of the audit log is damaged; restore it"
    )


def _make(path: Path) -> None:
    """With mode 0600; if another process was first, its key stands."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    with suppress(FileExistsError):
        try:
            with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_hex(KEY_BYTES) + "\n")
                file.flush()
                os.fsync(file.fileno())
            os.link(aside, path)
        finally:
            aside.unlink(missing_ok=True)


def mark(secret: bytes, purpose: str, fields: Iterable[str]) -> str:
    """HMAC-SHA256 of fields, each with its length before it: no two lists of fields give one text."""
    told = [purpose.encode(), *(field.encode() for field in fields)]
    return hmac.digest(secret, b"".join(len(part).to_bytes(8, "big") + part for part in told), "sha256").hex()


def _tree(log: Path) -> str:
    return hashlib.sha256(str(log.resolve()).encode()).hexdigest()[:12]


def head_file(log: Path) -> Path:
    """Beside the key, one for each log that this installation keeps."""
    return key_file().with_name(f"audit-{_tree(log)}.head")


def read_head(log: Path, secret: bytes) -> Head | None:
    """How far the log went by what stands beside the key; None if nothing does. NoKeyError if it was tampered with."""
    path = head_file(log)
    if not path.exists():
        return None
    with suppress(ValueError, TypeError, KeyError):
        said = json.loads(path.read_text(encoding="utf-8"))
        found = Head(str(said["month"]), int(said["number"]), str(said["digest"]))
        if hmac.compare_digest(said["mark"], _head_mark(secret, found)):
            return found
    raise NoKeyError(f"{path} 被改动，或不是用现在的密钥写的 | was changed, or was written with another key")


def _head_mark(secret: bytes, head: Head) -> str:
    return mark(secret, "head", (head.month, str(head.number), head.digest))


def write_head(log: Path, secret: bytes, head: Head) -> None:
    """Put the head beside the key, and copy it to where the server cannot take it back, if there is such a place."""
    path = head_file(log)
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    aside.write_text(json.dumps(asdict(head) | {"mark": _head_mark(secret, head)}), encoding="utf-8")
    aside.replace(path)
    line = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {_tree(log)} {head.month} {head.number} {head.digest}"
    if copies := copies_file():
        with copies.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
    _to_syslog(line)


def _to_syslog(line: str) -> None:
    """To the system's log, which belongs to another user and may be sent on. Without one there is no such copy."""
    with suppress(OSError), closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)) as to:
        to.sendto(f"<{NOTICE}>enforcement-audit: head {line}".encode(), str(SYSLOG))


def copied(log: Path) -> list[Head]:
    """The heads of this log that were copied, in the order in which they were."""
    copies = copies_file()
    if copies is None or not copies.exists():
        return []
    told = [line.split() for line in copies.read_text(encoding="utf-8").splitlines()]
    return [Head(line[2], int(line[3]), line[4]) for line in told if len(line) == 5 and line[1] == _tree(log)]
