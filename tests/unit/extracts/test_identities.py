"""Numbers that are nobody's, names where numbers stand, several names at one number: asked about, never a person's key.
What makes two rows one person's is tested with the persons."""

from __future__ import annotations

import pytest

from pipelines.extracts import identities
from tests.unit.extracts.conftest import Clerk, Row, case

NAME, NUMBER = "虚拟甲", "990001198001010019"
FIRM = "虚拟元有限公司"
WRONG: dict[str, tuple[str, str, str, list[str]]] = {
    "sixteen digits": (NAME, NUMBER[:16], "证件号码", ["number_length"]),
    "seventeen digits": (NAME, NUMBER[:17], "证件号码", ["number_length"]),
    "nineteen digits": (NAME, NUMBER + "0", "证件号码", ["number_length"]),
    "twenty digits": (NAME, NUMBER + "00", "证件号码", ["number_length"]),
    "five digits": (NAME, "12345", "证件号码", ["number_length"]),
    "a firm's of seventeen": (FIRM, "91630000990000019", "证件号码", ["number_length"]),
    "nines alone": (NAME, "9" * 18, "证件号码", ["number_birth"]),
    "a thirteenth month": (NAME, "990001198013010019", "证件号码", ["number_birth"]),
    "a thirty-second day": (NAME, "990001198001320019", "证件号码", ["number_birth"]),
    "a year to come": (NAME, "990001218001010019", "证件号码", ["number_birth"]),
    "fifteen without a day": (NAME, "990001801301001", "证件号码", ["number_birth"]),
    "a letter for a digit": (NAME, "99000119800101OO19", "证件号码", ["number_letters"]),
    "a small l for a one": (NAME, "99000ll98001010019", "证件号码", ["number_letters"]),
    "a name for a number": (NAME, "虚拟乙", "证件号码", ["name_as_number"]),
    "changed places": (NUMBER, NAME, "", ["name_as_number", "number_as_name"]),
    "a number for a name": (NUMBER, "", "被执行人", ["number_as_name"]),
    "two names": ("虚拟甲、虚拟丙", NUMBER, "被执行人", ["several_names"]),
    "two names in two lines": ("虚拟甲\n虚拟丙", NUMBER, "被执行人", ["several_names"]),
    "a firm and its owner": (f"{FIRM}，虚拟丙", NUMBER, "被执行人", ["several_names"]),
}
RIGHT: dict[str, tuple[str, str]] = {
    "a person": (NAME, NUMBER),
    "with an X": (NAME, "99000119800101001X"),
    "before 1999": (NAME, "990001800101001"),
    "as the public list has it": (NAME, "9900011980****0019"),
    "a passport": (NAME, "E12345678"),
    "a permit": (NAME, "H0123456700"),
    "an officer": (NAME, "军字第1234567号"),
    "a firm's code": (FIRM, "91990000990000019X"),
    "a firm's code of digits": (FIRM, "911234567890123456"),
    "an organisation's": (FIRM, "99000001-9"),
    "a firm's of the old register": (FIRM, "630100000000123"),
    "a trader's code": (NAME, "92990000MA00000019"),
    "no number": (NAME, ""),
    "another people's": ("阿卜杜热合曼·买买提", NUMBER),
    "two without a number": ("虚拟甲、虚拟丙", ""),
    "a former name": ("虚拟甲（曾用名：虚拟戊、虚拟己）", NUMBER),
    "a firm with a comma in a note": (f"{FIRM}(甲、乙)", "990000019"),
}


def row(name: str, number: str) -> Row:
    return case(1, 被执行人=name, 证件号码=number, 承办人="")


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
@pytest.mark.parametrize("said", WRONG)
def test_a_number_that_is_nobodys_makes_no_key(clerk: Clerk, said: str, ending: str) -> None:
    name, number, header, codes = WRONG[said]
    clerk.deliver([row(name, number)], f"a.{ending}", kind="cases")
    assert clerk.receive("cases").accepted == 0
    rejected = clerk.rejects("cases")
    assert [each["reason_code"] for each in rejected] == codes
    assert not header or {each["header"] for each in rejected} == {header}
    assert NUMBER[:10] not in str(rejected) and NAME not in str(rejected)


@pytest.mark.parametrize("said", RIGHT)
def test_what_may_be_somebodys_is_taken(clerk: Clerk, said: str) -> None:
    clerk.deliver([row(*RIGHT[said])], kind="cases")
    assert clerk.receive("cases").accepted == 1, clerk.rejects("cases")


def test_the_wall_is_one_of_this_module(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identities, "number_fault", lambda *_: None)
    clerk.deliver([row(NAME, NUMBER[:17])], kind="cases")
    assert clerk.receive("cases").accepted == 1


@pytest.mark.parametrize("word", ["不详", "未知", "无身份证", "身份证号不详", "0", "000000", "N/A", "None"])
def test_a_word_for_no_number_is_none_and_told(clerk: Clerk, word: str) -> None:
    clerk.deliver([row(NAME, word), case(2, 被执行人=NAME, 证件号码="", 承办人="")], kind="cases")
    assert clerk.receive("cases").accepted == 2
    assert clerk.lake("cases")["person_hash"].n_unique() == 1
    noted = [(each["text"], each["conversion"]) for each in clerk.conversions("cases")]
    assert noted == [(word, "no_value")]


@pytest.mark.parametrize(
    "written",
    ["990001800101001", "99000119800101001x", "身份证号：990001198001010019", f"{NUMBER}（身份证）", "99000001-9"],
)
def test_a_number_that_is_read_in_another_form_is_told_and_never_shown(clerk: Clerk, written: str) -> None:
    clerk.deliver([row(FIRM if "-" in written else NAME, written)], kind="cases")
    assert clerk.receive("cases").accepted == 1
    (noted,) = clerk.conversions("cases")
    assert (noted["column_name"], noted["conversion"]) == ("respondent_id_number", "identity_form")
    assert not any(letter.isdigit() for letter in noted["text"] + noted["value"])


def test_several_persons_of_whom_the_first_is_numbered_are_the_first(clerk: Clerk) -> None:
    names = ("虚拟甲", "虚拟甲等3人", "虚拟甲等", "虚拟甲等人", "虚拟甲（等二人）")
    clerk.deliver([case(n, 被执行人=name, 证件号码=NUMBER, 承办人="") for n, name in enumerate(names)], kind="cases")
    assert clerk.receive("cases").accepted == len(names)
    assert clerk.lake("cases")["person_hash"].n_unique() == 1


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (NAME, "虚拟丙", True), (NAME, "虚拟甲（曾用名：虚拟丙）", False), (NAME, "虚 拟 甲", False),
        (NAME, "虚拟甲等2人", False), ("虚拟元（西宁）有限公司", "青海虚拟元有限责任公司", False),
        (FIRM, "虚拟亨有限公司", True),
    ],
)  # fmt: skip
def test_one_number_under_two_names_is_told(clerk: Clerk, one: str, other: str, told: bool) -> None:
    number = NUMBER if one == NAME else "91990000990000019X"
    rows = [case(n, 被执行人=name, 证件号码=number, 承办人="") for n, name in enumerate((one, one, other, other))]
    clerk.deliver(rows, kind="cases")
    receipt = clerk.receive("cases")
    assert receipt.accepted == 4
    said = [said for said in receipt.deliveries[0].notices if said.code == "number_of_several_names"]
    assert [("2、4" in each.zh, "拟" in each.zh) for each in said] == [(True, False)] * told
    assert clerk.lake("cases")["person_hash"].n_unique() == 1 + told
