"""The person-hash key and what it does: made once, kept private, never exchanged in silence.
That nothing personal is kept in clear is tested with the rows."""

from __future__ import annotations

import dataclasses
import stat
from pathlib import Path

import polars as pl
import pytest

from grammar.names import without_persons
from pipelines.extracts.masking import masked_name
from pipelines.extracts.persons import KeyRefusedError, person_hashes, person_key, person_text, person_texts
from pipelines.layout import REPOSITORY
from tests.unit.extracts.conftest import Clerk, case, fund


def text_of(name: str | None, number: str | None, court: str | None = "T14") -> str | None:
    found = person_texts(*(pl.Series([value], dtype=pl.String) for value in (name, number, court)))[0]
    assert found == person_text(name, number, court)  # the usual forms are no other law
    return found


def test_the_key_is_made_on_first_run_for_its_owner_only(clerk: Clerk) -> None:
    key = person_key(clerk.layout)
    assert len(key) == 32
    assert stat.S_IMODE(clerk.layout.key_file.stat().st_mode) == 0o600
    assert person_key(clerk.layout) == key
    assert not list(clerk.layout.key_file.parent.glob(".*"))


def test_the_lake_holds_a_fingerprint_and_not_the_key(clerk: Clerk) -> None:
    clerk.deliver([case(1)], "a.csv", kind="cases")
    clerk.receive("cases")
    key = clerk.layout.key_file.read_text().strip()
    assert not [
        path for path, content in clerk.tree().items() if key.encode() in content or bytes.fromhex(key) in content
    ]
    assert "lake/_ledger/person_key.json" in clerk.tree()


def test_another_key_is_refused_and_nothing_is_received(clerk: Clerk) -> None:
    person_key(clerk.layout)
    clerk.layout.key_file.write_text("ab" * 32)
    clerk.deliver([case(1)], "a.csv", kind="cases")
    with pytest.raises(KeyRefusedError, match=r"换回原密钥.*put the original key back"):
        clerk.receive("cases")
    assert not list((clerk.layout.lake).glob("cases/*/*"))


def test_a_lost_key_is_not_replaced_in_silence(clerk: Clerk) -> None:
    person_key(clerk.layout)
    clerk.layout.key_file.unlink()
    with pytest.raises(KeyRefusedError, match=r"恢复.*restore"):
        person_key(clerk.layout)
    assert not clerk.layout.key_file.exists()


@pytest.mark.parametrize("content", ["", "not hex", "abcd"])
def test_a_damaged_key_is_refused(clerk: Clerk, content: str) -> None:
    clerk.layout.key_file.parent.mkdir(parents=True)
    clerk.layout.key_file.write_text(content)
    with pytest.raises(KeyRefusedError, match="damaged"):
        person_key(clerk.layout)


@pytest.mark.parametrize(
    "said", [b"", b'{"fingerpr', b"[]", b"\xff"], ids=["emptied", "cut short", "another", "no text"]
)
def test_a_damaged_note_of_the_key_is_told_with_its_remedies(clerk: Clerk, said: bytes) -> None:
    key = person_key(clerk.layout)
    note = clerk.layout.ledger / "person_key.json"
    note.write_bytes(said)
    with pytest.raises(KeyRefusedError, match=r"person_key.json.*从备份恢复.*can be deleted"):
        person_key(clerk.layout)
    note.unlink()
    assert person_key(clerk.layout) == key and note.stat().st_size > 0


def test_a_key_inside_the_repository_is_refused(clerk: Clerk) -> None:
    layout = dataclasses.replace(clerk.layout, key_file=REPOSITORY / "data" / "person-hash.key")
    with pytest.raises(KeyRefusedError, match="outside the repository"):
        person_key(layout)
    assert not layout.key_file.exists()


def test_kinds_without_persons_need_no_key(clerk: Clerk) -> None:
    clerk.deliver([fund(1)], "a.csv")
    clerk.receive()
    assert not clerk.layout.key_file.exists()


SAME = [
    ("张三", "630105198001011234"), ("张 三", "630105198001011234"), ("张三", "6301051980****1234"),
    ("张三", "6301051980********1234"),
    ("张三", "No.630105198001011234"), ("张三", "ID: 630105198001011234"), ("张三", "SFZH630105198001011234"),
    ("张三", "６３０１０５１９８００１０１１２３４"), ("张三", "630105-19800101-1234"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "number"), SAME)
def test_one_person_written_in_many_ways_is_one(name: str, number: str) -> None:
    assert text_of(name, number) == "张三|63010519801234"


@pytest.mark.parametrize(
    ("name", "number"), [("张四", SAME[0][1]), ("张三", "630105198001015678"), ("张三", "640105198001011234")]
)
def test_different_persons_stay_different(name: str, number: str) -> None:
    assert text_of(name, number) != text_of(*SAME[0])


def test_fifteen_and_eighteen_digits_of_one_person_are_one() -> None:
    for mark in ("虚拟甲", "虚\u200b拟甲", "虚拟甲\u202c"):
        assert text_of(mark, "990001800101001") == text_of("虚拟甲", "990001198001010019")
    assert text_of("虚拟甲", "990001801301001") != text_of("虚拟甲", "990001198013010019"), "no month 13"


ONE_FIRM = ("99000001-9", "990000019", "91990000990000019X", "9199000099****019X")


def test_an_organisation_is_one_by_its_code_and_by_the_credit_code_that_contains_it() -> None:
    assert len({text_of("虚拟元（西宁）有限公司", number) for number in ONE_FIRM}) == 1
    assert text_of("虚拟元(西宁)有限公司", ONE_FIRM[0]) == text_of("虚拟元（西宁）有限公司", ONE_FIRM[2])
    others = ("990000027", "91990000980000019X", "990001198001010019", None)
    assert len({text_of("虚拟元（西宁）有限公司", number) for number in (ONE_FIRM[0], *others)}) == 5
    assert text_of("虚拟甲", "E12345678") == "虚拟甲|E123456785678", "a person's passport is no organisation's code"


FIRM_NAMES = [
    "虚拟元有限公司", "虚拟元（西宁）有限公司", "虚拟元(西宁)有限责任公司", "青海虚拟元有限公司",
    "青海省西宁市虚拟元有限公司", "虚拟元 有限公司（原虚拟亨公司）", "西宁虚拟元有限公司", "青海西宁城北区虚拟元公司",
    "海西州德令哈虚拟元有限责任公司",
]  # fmt: skip


def test_a_firm_under_variants_of_its_name_is_one_by_its_code() -> None:
    assert len({text_of(name, number) for name in FIRM_NAMES for number in ONE_FIRM}) == 1
    other = "990000027"
    assert len({text_of(name, other) for name in FIRM_NAMES}) == 1
    assert text_of(FIRM_NAMES[0], other) != text_of(FIRM_NAMES[0], ONE_FIRM[0]), "two codes under one name are two"
    assert text_of("虚拟亨有限公司", ONE_FIRM[0]) != text_of(FIRM_NAMES[0], ONE_FIRM[0])
    assert len({text_of(name, None) for name in FIRM_NAMES}) == 9, "without a code no variant is another's"


def test_a_person_under_variants_of_a_name_is_one_by_the_number() -> None:
    for one, other in (("张三（曾用名张四）", "张三"), ("买买提吐尔逊", "买买提·吐尔逊"), ("张 三【已故】", "张三")):
        assert text_of(one, SAME[0][1]) == text_of(other, SAME[0][1])


def test_the_persons_that_were_handed_over_are_three(clerk: Clerk) -> None:
    clerk.deliver((Path(__file__).parent / "handed" / "19_one_person_defaulters.csv").read_bytes(), kind="defaulters")
    receipt = clerk.receive("defaulters")
    assert (receipt.accepted, receipt.rejected) == (14, 2), "both rounded numbers are rejected"
    keys = dict(clerk.lake("defaulters").select("listing_id", "person_hash").rows())
    one = [{keys[f"SX{number:04d}"] for number in group} for group in ((1, 2, 5, 6, 7, 8), (3, 4), range(9, 15))]
    assert [len(found) for found in one] == [1, 1, 1]
    assert len(set.union(*one)) == 3


def test_the_dots_of_a_name_are_one_dot() -> None:
    assert len({text_of(f"买买提{dot}吐尔逊", "x1") for dot in "·•・．‧"}) == 1


def test_without_a_number_the_court_keeps_namesakes_apart() -> None:
    assert text_of("张三", None, "T14") != text_of("张三", "****", "T11")
    assert text_of("张三", None, "T14") == text_of("张三", "****", "T14")
    assert text_of(None, None) is None


def test_hashes_depend_on_the_key_and_nothing_else() -> None:
    one, other = person_hashes(b"k" * 32, ["a", None, "a", "b"]), person_hashes(b"l" * 32, ["a"])
    assert one[0] == one[2] != one[3]
    assert one[1] is None
    assert other[0] != one[0]


@pytest.mark.parametrize(
    ("name", "mask"),
    [
        ("张三", "张**"),
        ("欧阳修文", "欧**"),
        ("䶮", "䶮**"),
        ("买买提·吐尔逊", "买**"),
        ("青海某某贸易有限公司", "青海****"),
        ("张　三", "张**"),
        ("张三、李四", "张**、李**"),
        ("张三和李四", "张**、李**"),
        ("王五等3人", "王**等3人"),
        ("赵六（已故）", "赵**"),
        ("张三水果店", "张****"),
        ("张三商贸有限公司", "张****"),
        ("Zhang San", "Z**"),
        ("买买提·某某", "买**"),
        ("古丽巴哈尔·买买提（身份证630105198001011234）", "古**"),
        ("630105198001011234", "6**"),
    ],
)
def test_names_are_masked(name: str, mask: str) -> None:
    assert masked_name(name) == mask


@pytest.mark.parametrize(
    "text", ["查封", "解冻", "强制腾退", "司法拍卖", "公告送达", "查询存款", "成交", "应付", "管理"]
)
def test_words_of_enforcement_that_begin_like_surnames_name_nobody(text: str) -> None:
    """The matter of an entrustment, 查封, was kept as 查**: what was asked for was gone."""
    assert without_persons(text) == text


@pytest.mark.parametrize("text", ["查良镛", "强东升", "成龙", "解缙"])
def test_names_that_begin_with_the_same_characters_are_hidden(text: str) -> None:
    assert without_persons(text) == f"{text[0]}**"
