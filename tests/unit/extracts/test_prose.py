"""Persons, telephones and accounts in the prose of extracts, and the words of the law, which stay as they are.
Names that stand alone or in their own column, and identity numbers, are tested with the odd places."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from grammar.words import words
from pipelines.extracts.contracts import KINDS, contract
from pipelines.extracts.masking import kept_text, shown, shown_file, shown_unread, values

TEXTS = tomllib.loads(Path(__file__).with_name("prose.toml").read_text(encoding="utf-8"))
STAYS = {(kind, name): texts for kind, columns in TEXTS["stays"].items() for name, texts in columns.items()}
SECRETS = TEXTS["hides"]["secrets"]


def key() -> bytes:
    return b"k" * 32


def told() -> list[str]:
    return [
        text.format(phone="13812345678", land="0971-6123456", card="6222021234567890128", mail="zhang.san@example.com")
        for text in TEXTS["hides"]["told"]
    ]


def of_prose() -> list[tuple[str, str]]:
    """Kind and column of every text that is neither an identifier, a number of a case, nor a person's column."""
    return [
        (rules.kind, column.name)
        for rules in map(contract, KINDS)
        for column in rules.columns
        if column.type == "text" and not column.personal and not column.name.endswith(("_id", "case_number"))
    ]


def test_every_column_of_text_is_decided_on() -> None:
    assert set(of_prose()) == set(STAYS)
    lists = {column.words for rules in map(contract, KINDS) for column in rules.columns if column.words}
    assert [name for name in lists if not words(name)] == []
    prose = [where for where in of_prose() if not contract(where[0]).column(where[1]).words]
    assert prose == [("cases", "cause"), ("cross_enforcements", "reason")]


@pytest.mark.parametrize(("kind", "name"), of_prose())
def test_the_words_of_the_law_stay_as_they_are(kind: str, name: str) -> None:
    column = contract(kind).column(name)
    assert {text: kept for text in STAYS[kind, name] if (kept := kept_text(column, text, key)) != text} == {}


@pytest.mark.parametrize(("kind", "name"), of_prose())
def test_persons_and_numbers_in_prose_are_hidden_in_every_column(kind: str, name: str) -> None:
    column = contract(kind).column(name)
    kept = {text: kept_text(column, text, key) for text in told()}
    assert {text: said for text, said in kept.items() if any(secret in said for secret in SECRETS)} == {}


@pytest.mark.parametrize("wall", ["without_told_persons", "without_contacts", "_said_with"])
def test_each_wall_holds_something(monkeypatch: pytest.MonkeyPatch, wall: str) -> None:
    monkeypatch.setattr(values, wall, lambda *given: given[-1])
    column = contract("petitions").column("source") if wall == "_said_with" else contract("cases").column("cause")
    assert [text for text in told() if any(secret in kept_text(column, text, key) for secret in SECRETS)] != []


@pytest.mark.parametrize("way", ["a rejected value", "an unread cell", "a file's name"])
def test_what_messages_and_rejects_show_names_nobody_either(way: str) -> None:
    show = {
        "a rejected value": lambda text: shown(contract("cases").column("cause"), text, key),
        "an unread cell": shown_unread,
        "a file's name": lambda text: shown_file(f"{text.replace('/', '')}.csv"),
    }[way]
    said = {text: show(text) for text in told()}
    assert {text: kept for text, kept in said.items() if any(secret in str(kept) for secret in SECRETS)} == {}


@pytest.mark.parametrize("text", [
    "20191203101112", "借款13812345678.50元", "借款1,381,234,567.00元", "2019-12-03至2019-12-20", "100.5平方米",
    "6222021234567890127",
])  # fmt: skip
def test_amounts_dates_and_numbers_that_are_no_cards_stay_in_prose(text: str) -> None:
    assert kept_text(contract("cases").column("cause"), text, key) == text


def test_what_a_list_does_not_know_keeps_its_class() -> None:
    assert kept_text(contract("auctions").column("asset_kind"), "住宅（张三名下）", key) == "住宅（张**名下）"
    assert kept_text(contract("entrustments").column("matter"), "查询王五的银行存款", key) == "查询王**银行存款"
    assert kept_text(contract("cases").column("cause"), "登记在张三名下的房屋", key) == "登记在张**名下的房屋"
