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
from functools import cache, lru_cache
from pathlib import Path

import polars as pl

from grammar.words import words
from pipelines.extracts.contracts import Contract, contract
from pipelines.extracts.masking import DOTS, PLAIN, Key, kept_frame, masked_names
from pipelines.extracts.rounded import check_mark
from pipelines.extracts.values.texts import INVISIBLE
from pipelines.layout import REPOSITORY, Layout
from pipelines.whole_files import put_in_place

KEY_BYTES = 32
PERSONS = 1 << 16  # that are remembered while a process receives: most come again in the next month's file
LONGEST_PERSON_NAME = 4  # characters; longer names without a middle dot are organisations'
# Until 1999, without the century.
SHORT_NUMBER = re.compile("[0-9]{8}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}")
ORGANISATION_CODE = re.compile("[0-9A-Z]{8}[0-9X]")  # GB 11714
# GB 32100, whole or as masked.
CREDIT_CODE = re.compile("[0-9A-Z]{2}[0-9]{6}[0-9A-Z]{2}(?:[0-9A-Z]{4}|[*]{2,})[0-9A-Z]{4}")
_CALLED = re.compile(
    "^(?:NO|ID|SFZ|ZJ|CARD|USCC|TYSHXYDM)(?:CARD|H|HM|NO|NUMBER)*(?=(?:[0-9]{15}|[0-9]{10}(?:[0-9]{4}|[*]{4})[0-9]{3}[0-9X]"
    f"|{ORGANISATION_CODE.pattern}|{CREDIT_CODE.pattern})$)"
)
# With what programs hide a part of a number, besides the star.
_HIDING = re.compile(r"(?<=[0-9])(?:[●○■□◆◇•·.?#×_*]{2,}|X{3,}|-{3,})(?=[0-9X])")
_IN_BRACKETS = re.compile(r"\([^()]*\)|[\[【〔「〈《][^\]】〕」〉》]*[\]】〕」〉》]")
_PLACE = re.compile(
    "^(?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南"
    "|陕西|甘肃|青海|内蒙古|广西|西藏|宁夏|新疆)(?:省|市|(?:壮族|回族|维吾尔)?自治区)?"
    "|^[\u4e00-\u9fff]{2,7}?(?:自治州|自治县|地区|市|州|县|区|盟|旗)"
    f"|^(?:{'|'.join(sorted(words('cities')))})"
)
_COUNT = re.compile("等(?:[0-9一二三四五六七八九十两几数]{1,3})?[人名位]?$")
_LEGAL_FORM = re.compile("(?:股份|集团|控股)*(?:有限)?(?:责任)?(?:公司|集团)$")
FIRM_PART = 2  # characters that must remain of a firm's name
_NO_PART_OF_A_NUMBER, _INVISIBLE, _DOTS, _SPACE = map(re.compile, ("[^0-9A-Z*]", INVISIBLE, DOTS, r"\s+"))
# A number that nothing has to be mended in: whole, or as the public list has it.
USUAL_NUMBER = r"^[0-9]{10}(?:[0-9]{4}|[*]{4})[0-9]{3}[0-9X]$"
ID_HEAD, ID_TAIL = 10, 4  # what the public list leaves of an identity number: 6301041980****1234
_NAME, _ID = pl.col("name"), pl.col("number")
_USUAL_TEXT = (_NAME + "|" + _ID.str.head(ID_HEAD) + _ID.str.tail(ID_TAIL)).alias("text")
_IS_ODD = (
    ~(_NAME.str.contains(PLAIN) & ~_NAME.str.contains(_COUNT.pattern) & _ID.str.contains(USUAL_NUMBER)).fill_null(
        value=False
    )
).alias("odd")


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
    known = _remembered(remembered)
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
        put_in_place(remembered, json.dumps({"fingerprint": _fingerprint(key)}).encode(), is_kept=True)
    return key


def _remembered(file: Path) -> str | None:
    """The fingerprint of the key that the lake was made with; None before the first."""
    try:
        return str(json.loads(file.read_text(encoding="utf-8"))["fingerprint"])
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as problem:
        raise _refuse(
            f"{file} 已损坏，无法核对人员散列密钥。请从备份恢复；确认密钥文件从未更换时，可删除它",
            f"{file} is damaged, and the person-hash key cannot be compared with it. Restore it from a backup; "
            "if the key file was never changed, it can be deleted",
        ) from problem


def bare_number(number: str) -> str:
    """A number as it enters the hash: digits, letters and stars alone, fifteen digits as the eighteen of 1999.

    What it is called in Latin letters before it (No., ID, SFZ) is no part of it.
    """
    known = _HIDING.sub(lambda hidden: "*" * len(hidden.group()), unicodedata.normalize("NFKC", number).upper())
    digits = _NO_PART_OF_A_NUMBER.sub("", known)
    digits = _CALLED.sub("", digits)
    if not SHORT_NUMBER.fullmatch(digits):
        return digits
    first = f"{digits[:6]}19{digits[6:]}"
    return first + check_mark(first)


def _organisation(name: str, digits: str) -> str | None:
    """What is left of an organisation's code in all its forms: the first two and last three of the code of nine.

    The credit code of eighteen has it from the ninth character, the public list hides its middle. None for persons,
    whose year of birth stands where a credit code's division ends.
    """
    if len(name) <= LONGEST_PERSON_NAME or "·" in name:
        return None
    if ORGANISATION_CODE.fullmatch(digits):
        return digits[:2] + digits[6:9]
    is_credit = CREDIT_CODE.fullmatch(digits) and digits[6:8] not in ("18", "19", "20")
    return digits[8:10] + digits[-4:-1] if is_credit else None


def _normal_name(name: str) -> str:
    """A name as it enters the hash: widths unified, nothing invisible, no spaces, dots alike, capitals."""
    known = unicodedata.normalize("NFKC", _INVISIBLE.sub("", name))
    return _SPACE.sub("", _DOTS.sub("·", known)).upper()


def _beside_a_number(known: str) -> str:
    """A name beside a number, without notes in brackets and 等3人: the number decides of whom of them."""
    bare = _IN_BRACKETS.sub("", known) or known
    return _COUNT.sub("", bare) or bare


def own_name(name: str) -> str:
    """A name as two are compared that stand at one number; of a firm its own part."""
    bare = _beside_a_number(_normal_name(name))
    return _firm(bare) if len(bare) > LONGEST_PERSON_NAME and "·" not in bare else bare.replace("·", "")


def _firm(name: str) -> str:
    """A firm's own part of its name: without the places before it and the legal form behind it, where one remains."""
    while (rest := _PLACE.sub("", name)) != name and len(rest) > 2 * FIRM_PART:
        name = rest
    rest = _LEGAL_FORM.sub("", name)
    return rest if len(rest) >= FIRM_PART else name


@lru_cache(maxsize=PERSONS)
def person_text(name: str | None, number: str | None, court_code: str | None) -> str | None:
    """What is hashed for one person: the name, and the identity number's first ten and last four characters.

    A full number and the public list's masked one give the same text, and so do fifteen and eighteen digits of one
    person and an organisation's code and the credit code that contains it. The number decides: what stands in
    brackets, dots, and a firm's place and legal form are no part of the name beside it. Without a number the court
    stands in for it, because a name alone would make one person of everybody who bears it. None if neither is there.
    """
    digits = bare_number(number or "")
    known = None if name is None else _normal_name(name)
    if not re.search("[0-9A-Z]", digits):
        return None if known is None else f"{known}|court:{court_code or ''}"
    bare = known and _beside_a_number(known)
    organisation = _organisation(bare, digits) if bare else None
    if bare and organisation:
        return f"{_firm(bare)}|organisation:{organisation}"
    return f"{(bare or '').replace('·', '')}|{digits[:ID_HEAD]}{digits[-ID_TAIL:]}"


@lru_cache(maxsize=PERSONS)
def _hash(key: bytes, text: str) -> str:
    return hmac.digest(key, text.encode(), "sha256").hex()


def person_hashes(key: bytes, texts: Iterable[str | None]) -> list[str | None]:
    """HMAC-SHA256 in hexadecimal of each text; None stays None."""
    return [None if text is None else _hash(key, text) for text in texts]


def person_texts(names: pl.Series, numbers: pl.Series, courts: pl.Series) -> pl.Series:
    """`person_text` for columns. Names and numbers in their usual forms, nearly all, need nothing mended."""
    found = pl.DataFrame([names.alias("name"), numbers.alias("number")]).select_seq(_USUAL_TEXT, _IS_ODD)
    texts, is_odd = found.get_columns()
    if not is_odd.any():
        return texts
    odd = is_odd.arg_true()
    people = zip(names.gather(odd), numbers.gather(odd), courts.gather(odd), strict=True)
    return texts.scatter(odd, pl.Series([person_text(*person) for person in people], dtype=pl.String))


@cache
def _personal(kind: str, personal: str) -> tuple[str, ...]:
    return tuple(column.name for column in contract(kind).columns if column.personal == personal)


def depersonalised(rules: Contract, frame: pl.DataFrame, key: Key) -> pl.DataFrame:
    """The frame as the lake keeps it: personal columns (`_<column>`) as masked names and hashed persons, no person and
    no identity number in any other text.

    The first personal name of the contract is the person's. KeyRefusedError if it takes a key and has another.
    """
    frame = kept_frame(rules, frame, key)
    names, numbers = _personal(rules.kind, "name"), _personal(rules.kind, "id_number")
    made = [masked_names(frame[f"_{name}"]).alias(f"{name}_masked") for name in names]
    for number in numbers:
        nobody = pl.repeat(None, frame.height, dtype=pl.String, eager=True)
        name = frame[f"_{names[0]}"] if names else nobody
        texts = person_texts(name, frame[f"_{number}"], frame["court_code"])
        made.append(pl.Series("person_hash", person_hashes(key(), texts.to_list()), dtype=pl.String))
    return frame.with_columns(made) if made else frame
