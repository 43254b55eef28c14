"""Personal columns at the gate: names are masked, name and identity number become one keyed hash.
The key is made on first run outside the repository; nothing in clear passes this module."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import secrets
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from pipelines.layout import REPOSITORY, Layout

KEY_BYTES = 32
ID_HEAD, ID_TAIL = 10, 4  # what the public list leaves of an identity number: 6301041980****1234
LONGEST_PERSON_NAME = 4  # characters; longer names without a middle dot are organisations'
MASKED_NUMBER = "****"
_DOTS = re.compile("[·•・.．‧∙]")
_NOT_IN_NUMBER = re.compile(r"[^0-9A-Z*]")


class KeyRefused(RuntimeError):
    """The key for person hashes is missing, in the wrong place, or not the one this lake was made with."""


def _fingerprint(key: bytes) -> str:
    return hashlib.sha256(b"enforcement person-hash key\0" + key).hexdigest()[:16]


def _refuse(zh: str, en: str) -> KeyRefused:
    return KeyRefused(f"{zh} | {en}")


def _create(path: Path) -> None:
    """Make a key with mode 0600; if another process was first, its key stands."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(KEY_BYTES) + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(aside, path)
    except FileExistsError:
        pass
    finally:
        aside.unlink(missing_ok=True)


def person_key(layout: Layout) -> bytes:
    """The installation's key; made on the first run. Raises KeyRefused if it is not the key of this lake."""
    path, remembered = layout.key_file, layout.ledger / "person_key.json"
    if path.resolve().is_relative_to(REPOSITORY):
        raise _refuse(
            f"人员散列密钥不得放在代码库内：{path}。请用 ENFORCEMENT_KEY_FILE 指定别处",
            f"the person-hash key must not lie inside the repository: {path}; set ENFORCEMENT_KEY_FILE to another place",
        )
    known = json.loads(remembered.read_text())["fingerprint"] if remembered.exists() else None
    if not path.exists():
        if known:
            raise _refuse(
                f"找不到人员散列密钥 {path}，而数据湖已用密钥 {known} 处理过。请从备份恢复该密钥文件",
                f"the person-hash key {path} is gone, and this lake was made with key {known}; restore it from the backup",
            )
        _create(path)
    try:
        key = bytes.fromhex(path.read_text().strip())
    except ValueError:
        key = b""
    if len(key) < KEY_BYTES:
        raise _refuse(f"人员散列密钥文件 {path} 已损坏，请从备份恢复", f"the key file {path} is damaged; restore it")
    if known and known != _fingerprint(key):
        raise _refuse(
            f"人员散列密钥 {path} 与数据湖所用密钥（{known}）不同，继续将使同一人前后对不上。请换回原密钥",
            f"the person-hash key {path} is not the one this lake was made with ({known}): persons would no longer match "
            "their earlier rows; put the original key back",
        )
    if not known:
        remembered.parent.mkdir(parents=True, exist_ok=True)
        aside = remembered.with_name(remembered.name + ".part")
        aside.write_text(json.dumps({"fingerprint": _fingerprint(key)}))
        os.replace(aside, remembered)
    return key


def normal_name(name: str) -> str:
    """A name as it enters the hash: compatibility forms and widths unified, no spaces, dots or case."""
    return re.sub(r"\s+", "", _DOTS.sub("·", unicodedata.normalize("NFKC", name))).upper()


def person_text(name: str | None, number: str | None, court_code: str | None) -> str | None:
    """What is hashed for one person: the name, and the identity number's first ten and last four characters.

    A full number and the public list's masked one give the same text. Without a number the court stands in for it,
    because a name alone would make one person of everybody who bears it. None if neither is there.
    """
    digits = _NOT_IN_NUMBER.sub("", unicodedata.normalize("NFKC", number or "").upper())
    if digits.strip("*"):
        return f"{normal_name(name or '')}|{digits[:ID_HEAD]}{digits[-ID_TAIL:]}"
    return f"{normal_name(name)}|court:{court_code or ''}" if name else None


def person_hashes(key: bytes, texts: Iterable[str | None]) -> list[str | None]:
    """HMAC-SHA256 in hexadecimal of each text; None stays None."""
    return [None if text is None else hmac.digest(key, text.encode(), "sha256").hex() for text in texts]


@lru_cache(maxsize=1 << 14)
def masked_name(name: str) -> str:
    """张** for a person, the first two characters and **** for an organisation."""
    text = re.sub(r"\s+", "", name)
    if len(text) <= LONGEST_PERSON_NAME or _DOTS.search(text):
        return text[:1] + "**"
    return text[:2] + "****"
