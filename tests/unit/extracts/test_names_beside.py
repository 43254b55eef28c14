"""Names and numbers that stand beside each other: two persons at one number, marks at a name, whose number it is.
What is nobody's becomes no key and is told; names of firms and of other peoples go on as they are."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipelines.extracts import identities
from pipelines.extracts.identities import number_fault
from pipelines.extracts.names_beside import name_fault, unmarked
from pipelines.extracts.rounded import marked_wrong
from tests.unit.extracts.conftest import Clerk, Row, case

TABLE: dict[str, Any] = tomllib.loads((Path(__file__).parent / "beside.toml").read_text(encoding="utf-8"))
NUMBERS: dict[str, list[str]] = TABLE["numbers"]
RIGHT, FIRMS = NUMBERS.pop("sound"), NUMBERS.pop("firms")
WRONG = [(number, code) for code, numbers in NUMBERS.items() for number in numbers]
NUMBER, NAME, FIRM = "990001198001010019", "虚拟甲", "虚拟元有限公司"


def listing(number: int, name: str, identity: str) -> Row:
    return {
        "失信标识": f"S{number}", "案号": f"（2019）青0105执{number}号", "法院代码": "T14", "姓名/名称": name,
        "证件号码": identity, "发布日期": "2019-12-03",
    }  # fmt: skip


def restriction(number: int, name: str, identity: str) -> Row:
    row = listing(number, name, identity)
    return {
        {"失信标识": "限消标识", "发布日期": "发出日期"}.get(heading, heading): text for heading, text in row.items()
    }


def of_case(number: int, name: str, identity: str) -> Row:
    return case(number, 被执行人=name, 证件号码=identity, 承办人="")


KINDS = {"cases": of_case, "defaulters": listing, "restrictions": restriction}


def told(clerk: Clerk, kind: str) -> list[tuple[int, str]]:
    return [(each["row_number"] - 2, each["reason_code"]) for each in clerk.rejects(kind)]


@pytest.mark.parametrize("kind", KINDS)
def test_several_persons_at_one_number_are_asked_about(clerk: Clerk, kind: str) -> None:
    names = TABLE["several"]
    clerk.deliver([KINDS[kind](n, name, NUMBER) for n, name in enumerate(names)], kind=kind)
    assert clerk.receive(kind).accepted == 0
    assert told(clerk, kind) == [(n, "several_names") for n in range(len(names))]
    assert not any(name in str(clerk.rejects(kind)) for name in ("张三", "李四", "虚拟丙"))


@pytest.mark.parametrize("kind", KINDS)
def test_one_persons_or_a_firms_name_goes_on_as_it_is(clerk: Clerk, kind: str) -> None:
    names = TABLE["single"]
    clerk.deliver([KINDS[kind](n, name, NUMBER) for n, name in enumerate(names)], kind=kind)
    assert clerk.receive(kind).accepted == len(names), [names[place] for place, _ in told(clerk, kind)]
    assert [each for each in clerk.conversions(kind) if each["conversion"] == "stripped_mark"] == []


@pytest.mark.parametrize("name", TABLE["several"])
def test_without_a_number_several_names_are_no_fault(name: str) -> None:
    assert name_fault(name, None) is None


@pytest.mark.parametrize("kind", KINDS)
def test_a_mark_at_a_name_comes_off_and_is_told(clerk: Clerk, kind: str) -> None:
    marked = TABLE["marked"]
    rows = [KINDS[kind](n, name, NUMBER) for n, pair in enumerate(marked.items()) for name in pair]
    clerk.deliver([row | {next(iter(row)): f"K{n}"} for n, row in enumerate(rows)], kind=kind)
    assert clerk.receive(kind).accepted == 2 * len(marked)
    assert clerk.lake(kind)["person_hash"].n_unique() == len(set(marked.values()))
    noted = [each for each in clerk.conversions(kind) if each["conversion"] == "stripped_mark"]
    assert [each["row_number"] for each in noted] == [2 * n + 2 for n in range(len(marked))]
    assert not any("张三" in each["text"] + each["value"] for each in noted)


@pytest.mark.parametrize("name", ["张三1", "张三*", "张三A", "张三２"])
def test_what_tells_two_persons_apart_where_no_number_does_stays(name: str) -> None:
    assert unmarked(name, None) == name


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_a_number_that_is_nobodys_is_told_and_makes_no_key(clerk: Clerk, ending: str) -> None:
    rows = [of_case(n, NAME, number) for n, (number, _) in enumerate(WRONG)]
    clerk.deliver(rows, f"a.{ending}", kind="cases")
    assert clerk.receive("cases").accepted == 0
    first = 1 if ending == "json" else 2
    found = [(each["row_number"] - first, each["reason_code"]) for each in clerk.rejects("cases")]
    assert found == [(n, code) for n, (_, code) in enumerate(WRONG)]
    assert not any("9900" in each["reason_zh"] + each["reason_en"] for each in clerk.rejects("cases"))


@pytest.mark.parametrize(("name", "numbers"), [(NAME, RIGHT), (FIRM, FIRMS)])
def test_a_number_that_may_be_somebodys_is_taken(clerk: Clerk, name: str, numbers: list[str]) -> None:
    clerk.deliver([of_case(n, name, number) for n, number in enumerate(numbers)], kind="cases")
    assert clerk.receive("cases").accepted == len(numbers), [numbers[place] for place, _ in told(clerk, "cases")]


def test_what_is_hidden_with_another_mark_than_the_star_is_one_person(clerk: Clerk) -> None:
    numbers = [NUMBER, "9900011980****0019", "9900011980●●●●0019", "9900011980XXXX0019", "9900011980＊＊＊＊0019"]
    clerk.deliver([of_case(n, NAME, number) for n, number in enumerate(numbers)], kind="cases")
    assert clerk.receive("cases").accepted == len(numbers)
    assert clerk.lake("cases")["person_hash"].n_unique() == 1


def test_six_and_four_characters_would_be_one_key_of_two_persons(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert number_fault(NAME, "990001********0019") == "number_hidden"
    monkeypatch.setattr(identities, "number_fault", lambda *_: None)
    clerk.deliver([of_case(n, NAME, "990001********0019") for n in range(2)], kind="cases")
    assert clerk.receive("cases").accepted == 2
    assert clerk.lake("cases")["person_hash"].n_unique() == 1


def test_a_wrong_check_mark_is_told_and_taken(clerk: Clerk) -> None:
    right, wrong = "63010519800101123X", "630105198001011234"
    numbers = (right, wrong, right, "990001198001010019", "6301051980****1234", "91630105MA12345678", "")
    clerk.deliver([of_case(n, NAME, number) for n, number in enumerate(numbers)], kind="cases")
    receipt = clerk.receive("cases")
    assert receipt.accepted == len(numbers)
    (notice,) = [each for each in receipt.deliveries[0].notices if each.code == "check_marks_wrong"]
    assert "1 行" in notice.zh and "第 3 行" in notice.zh and wrong not in str(notice)


def test_the_check_mark_is_reckoned_as_the_standard_says() -> None:
    first = "11010519491231002"  # the example of GB 11643-1999, whose mark is X
    numbers = [first + mark for mark in "0123456789X"]
    assert marked_wrong(pl.Series(numbers)).to_list() == [mark != "X" for mark in "0123456789X"]
