"""Personal columns at the gate: names are masked, name and identity number become one keyed hash.
The key is made on first run outside the repository; nothing in clear passes this module."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import polars as pl

from pipelines.extracts.contracts import Contract, contract
from pipelines.extracts.masking import DOTS, Key, kept_frame, masked_names
from pipelines.extracts.rounded import check_mark
from pipelines.extracts.values.texts import INVISIBLE
from pipelines.layout import REPOSITORY, Layout

KEY_BYTES = 32
LONGEST_PERSON_NAME = 4  # characters; longer names without a middle dot are organisations'
SHORT_NUMBER = "^[0-9]{8}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}$"  # until 1999, without the century
ORGANISATION_CODE = "^[0-9A-Z]{8}[0-9X]$"  # GB 11714
CREDIT_CODE = "^[0-9A-Z]{2}[0-9]{6}[0-9A-Z]{2}(?:[0-9A-Z]{4}|[*]{2,})[0-9A-Z]{4}$"  # GB 32100, whole or as masked
ID_HEAD, ID_TAIL = 10, 4  # what the public list leaves of an identity number: 6301041980****1234


class KeyRefusedError(RuntimeError):
    """The key for person hashes is missing, in the wrong place, or not the one this lake was made with."""


def _fingerprint(key: bytes) -> str:
    return hashlib.sha256(b"enforcement person-hash key\0" + key).hexdigest()[:16]


def _refuse(zh: str, en: str) -> KeyRefusedError:
    return KeyRefusedError(f"{zh} | {en}")


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
    """The installation's key; made on the first run. Raises KeyRefusedError if it is not the key of this lake."""
    path, remembered = layout.key_file, layout.ledger / "person_key.json"
    if path.resolve().is_relative_to(REPOSITORY):
        raise _refuse(
            f"人员散列密钥不得放在代码库内：{path}。请用 ENFORCEMENT_KEY_FILE 指定别处",
            f"the person-hash key must lie outside the repository, not at {path}; set ENFORCEMENT_KEY_FILE",
        )
    known = json.loads(remembered.read_text())["fingerprint"] if remembered.exists() else None
    if not path.exists():
        if known:
            raise _refuse(
                f"找不到人员散列密钥 {path}，而数据湖已用密钥 {known} 处理过。请从备份恢复该密钥文件",
                f"the person-hash key {path} is gone, and this lake was made with key {known}; restore it",
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
            f"the person-hash key {path} is not the one this lake was made with ({known}): "
            "persons would no longer match their earlier rows; put the original key back",
        )
    if not known:
        remembered.parent.mkdir(parents=True, exist_ok=True)
        aside = remembered.with_name(remembered.name + ".part")
        aside.write_text(json.dumps({"fingerprint": _fingerprint(key)}))
        aside.replace(remembered)
    return key


def _lengthened(numbers: pl.Series) -> pl.Series:
    """Numbers of fifteen digits in the eighteen that replaced them in 1999: with century and check mark."""
    short = numbers.filter(numbers.str.contains(SHORT_NUMBER)).unique().to_list()
    first = [f"{number[:6]}19{number[6:]}" for number in short]
    return numbers.replace(short, [digits + check_mark(digits) for digits in first]) if short else numbers


def _organisation(name: pl.Expr, digits: pl.Expr) -> pl.Expr:
    """What is left of an organisation's code in all its forms: the first two and last three of the code of nine.

    The credit code of eighteen has it from the ninth character, the public list hides its middle. Null for persons,
    whose year of birth stands where a credit code's division ends.
    """
    is_named_so = (name.str.len_chars() > LONGEST_PERSON_NAME) & ~name.str.contains("·", literal=True)
    code = pl.concat_str([digits.str.head(2), digits.str.slice(6, 3)])
    credit = pl.concat_str([digits.str.slice(8, 2), digits.str.tail(4).str.head(3)])
    of_credit = digits.str.contains(CREDIT_CODE) & ~digits.str.contains("^.{6}(?:18|19|20)")
    return (
        pl.when(is_named_so & digits.str.contains(ORGANISATION_CODE))
        .then(code)
        .when(is_named_so & of_credit)
        .then(credit)
    )


def _normal_name(name: pl.Expr) -> pl.Expr:
    """A name as it enters the hash: widths unified, nothing invisible, no spaces, dots alike, capitals."""
    return (
        name.str.replace_all(INVISIBLE, "")
        .str.normalize("NFKC")
        .str.replace_all(DOTS, "·")
        .str.replace_all(r"\s+", "")
        .str.to_uppercase()
    )


def person_text(name: pl.Expr, number: pl.Expr, court_code: pl.Expr) -> pl.Expr:
    """What is hashed for one person: the name, and the identity number's first ten and last four characters.

    A full number and the public list's masked one give the same text, and so do fifteen and eighteen digits of one
    person and an organisation's code and the credit code that contains it. Without a number the court stands in for it,
    because a name alone would make one person of everybody who bears it. Null if neither is there.
    """
    digits = number.str.normalize("NFKC").str.to_uppercase().str.replace_all("[^0-9A-Z*]", "")
    digits = digits.map_batches(_lengthened, return_dtype=pl.String)
    known = _normal_name(name)
    organisation = _organisation(known, digits)
    named = pl.concat_str([known, pl.lit("|organisation:"), organisation])
    ends = pl.concat_str([known.fill_null(""), pl.lit("|"), digits.str.head(ID_HEAD), digits.str.tail(ID_TAIL)])
    placed = pl.concat_str([known, pl.lit("|court:"), court_code.fill_null("")])
    numbered = pl.when(organisation.is_not_null()).then(named).otherwise(ends)
    return pl.when(digits.str.contains("[0-9A-Z]")).then(numbered).otherwise(placed)


def person_hashes(key: bytes, texts: Iterable[str | None]) -> list[str | None]:
    """HMAC-SHA256 in hexadecimal of each text; None stays None."""
    return [None if text is None else hmac.digest(key, text.encode(), "sha256").hex() for text in texts]


@cache
def _expressions(kind: str) -> tuple[pl.Expr, ...]:
    columns = contract(kind).columns
    names = [column.name for column in columns if column.personal == "name"]
    found = [masked_names(pl.col(f"_{name}")).alias(f"{name}_masked") for name in names]
    for column in columns:
        if column.personal == "id_number":
            name = pl.col(f"_{names[0]}") if names else pl.lit(None, dtype=pl.String)
            found.append(person_text(name, pl.col(f"_{column.name}"), pl.col("court_code")).alias("person_hash"))
    return tuple(found)


def depersonalised(rules: Contract, frame: pl.DataFrame, key: Key) -> pl.DataFrame:
    """The frame as the lake keeps it: personal columns (`_<column>`) as masked names and hashed persons, no person and
    no identity number in any other text.

    The first personal name of the contract is the person's. KeyRefusedError if it takes a key and has another.
    """
    frame = kept_frame(rules, frame, key)
    if not _expressions(rules.kind):
        return frame
    frame = frame.with_columns(_expressions(rules.kind))
    if "person_hash" not in frame.columns:
        return frame
    hashes = pl.Series("person_hash", person_hashes(key(), frame["person_hash"].to_list()), dtype=pl.String)
    return frame.with_columns(hashes)
