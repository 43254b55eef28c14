"""A file that does not count takes out its own court, kind and month; what came before it stays, and is named.
What follows for the figures belongs to the models."""

from __future__ import annotations

import polars as pl
import pytest

from pipelines.extracts import gaps
from pipelines.extracts.receipts import Receipt
from pipelines.extracts.schemas import GATE
from tests.unit.extracts.conftest import Clerk, case, csv_text, fund

BAD = b"\0\0"
T14, T11 = "西宁市城北区人民法院", "西宁市城东区人民法院"


def found(clerk: Clerk) -> list[tuple[str | None, str, str | None]]:
    """(court, reason, file that stays in force) of every gap."""
    files = {row["delivery_id"]: row["file_name"] for row in clerk.ledger("deliveries")}
    rows = clerk.ledger("delivery_gaps")
    return [(row["court_code"], row["reason"], files.get(row["kept_delivery_id"])) for row in rows]


def in_force(clerk: Clerk) -> dict[str, str]:
    """Court → file in force."""
    files = {row["delivery_id"]: row["file_name"] for row in clerk.ledger("deliveries")}
    return {r["court_code"]: files[r["delivery_id"]] for r in clerk.ledger("delivery_courts") if r["is_in_force"]}


def test_a_refused_file_concerns_the_court_that_it_is_named_after_and_no_other(clerk: Clerk) -> None:
    clerk.deliver([fund(1, 法院代码="T12")], "T12.csv")
    clerk.deliver(BAD, f"{T14}.csv")
    clerk.receive()
    assert found(clerk) == [("T14", "refused", None)]
    assert list(in_force(clerk)) == ["T12"]
    (gap,) = clerk.ledger("delivery_gaps")
    assert T14 in gap["said_zh"] and "未报送" in gap["said_zh"] and "not having delivered" in gap["said_en"]
    assert gap["remedy_zh"] and gap["remedy_en"]


def test_a_file_cut_short_concerns_the_courts_before_the_cut_and_leaves_others_unknown(
    clerk: Clerk,
) -> None:
    rows = [fund(1, 法院代码="T11"), fund(2, 法院代码="T12"), fund(3)]
    clerk.deliver(csv_text(rows)[:-30].encode(), "a.csv")
    assert clerk.receive().refused[0].message.code == "truncated"
    assert {("T11", "refused", None), ("T12", "refused", None), (None, "unassigned", None)} == set(found(clerk))


def test_a_sender_s_refused_file_concerns_the_courts_that_its_last_one_held(clerk: Clerk) -> None:
    rows = [fund(1, 法院代码="T11"), fund(2, 法院代码="T12")]
    clerk.deliver(rows, "城区各院_案款_201911.csv", month="2019-11")
    clerk.receive(month="2019-11")
    clerk.deliver(BAD, "城区各院_案款_201912.csv")
    clerk.receive()
    assert found(clerk) == [("T11", "refused", None), ("T12", "refused", None)]


def test_a_file_that_names_nobody_is_nobody_s(clerk: Clerk) -> None:
    clerk.deliver([fund(1)], "a.csv")
    clerk.deliver(BAD, "x.csv")
    clerk.receive()
    assert found(clerk) == [(None, "unassigned", None)]
    assert in_force(clerk) == {"T14": "2019-12/funds/a.csv"}


def test_an_earlier_file_stays_in_force_when_its_correction_is_refused(clerk: Clerk) -> None:
    clerk.deliver([fund(1)], f"{T14}.csv", at=100)
    clerk.receive()
    clerk.deliver(BAD, f"{T14}_更正.csv", at=200)
    clerk.receive()
    assert found(clerk) == [("T14", "correction_refused", f"2019-12/funds/{T14}.csv")]
    assert in_force(clerk) == {"T14": f"2019-12/funds/{T14}.csv"}
    (gap,) = clerk.ledger("delivery_gaps")
    assert "继续有效" in gap["said_zh"] and "stays in force" in gap["said_en"]


def test_a_refused_file_under_the_name_of_a_good_one_does_not_lose_it(clerk: Clerk) -> None:
    clerk.deliver([fund(1)], f"{T14}.csv", at=100)
    clerk.receive()
    clerk.deliver(BAD, f"{T14}.csv", at=200)
    clerk.receive()
    assert found(clerk) == [("T14", "correction_refused", f"2019-12/funds/{T14}.csv")]
    assert clerk.lake().height == 1


@pytest.mark.parametrize("name", [f"{T14}.csv", "又一个.csv"])
def test_a_good_file_after_the_refused_one_closes_the_gap(clerk: Clerk, name: str) -> None:
    clerk.deliver(BAD, f"{T14}.csv", at=100)
    clerk.receive()
    clerk.deliver([fund(1)], name, at=200)
    clerk.receive()
    assert found(clerk) == []


def test_a_refused_file_that_is_taken_away_is_no_delivery_but_an_archived_folder_forgives_nothing(clerk: Clerk) -> None:
    path = clerk.deliver(BAD, f"{T14}.csv")
    clerk.receive()
    path.rename(path.with_name(".gone"))
    clerk.receive()
    assert found(clerk) == []
    path.with_name(".gone").rename(path)
    clerk.receive()
    assert found(clerk) == [("T14", "refused", None)]
    path.unlink()
    path.parent.rmdir()
    clerk.receive()
    assert found(clerk) == [("T14", "refused", None)]


def test_a_court_of_whose_rows_not_one_was_accepted_has_not_delivered(clerk: Clerk) -> None:
    clerk.deliver([fund(1, 法院代码="T11"), fund(2, 法院代码="T12", 到账日期="?")], "a.csv")
    clerk.receive()
    assert found(clerk) == [("T12", "refused", None)]


def test_a_header_alone_does_not_take_rows_away(clerk: Clerk) -> None:
    clerk.deliver([fund(1)], f"{T14}.csv", at=100)
    clerk.deliver(csv_text([fund(1)]).splitlines()[0].encode(), f"{T14}_更正.csv", at=200)
    clerk.receive()
    assert found(clerk) == [("T14", "correction_refused", f"2019-12/funds/{T14}.csv")]


def test_a_file_that_cannot_be_opened_is_its_court_s_matter(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk.deliver([fund(1, 法院代码="T11")], "a.csv")
    closed = clerk.deliver([fund(2)], f"{T14}.csv")
    real = type(closed).open

    def refuse(path, *arguments, **options):
        if path == closed:
            raise PermissionError(13, "Permission denied")
        return real(path, *arguments, **options)

    with monkeypatch.context() as patched:
        patched.setattr(type(closed), "open", refuse)
        receipt = clerk.receive()
    assert [refused.message.code for refused in receipt.refused] == ["cannot_be_opened"]
    assert found(clerk) == [("T14", "refused", None)]
    assert clerk.receive().refused == [], "once it can be read, it is read"
    assert found(clerk) == []


def test_a_link_is_refused_unread_and_is_the_matter_of_the_court_it_is_named_after(clerk: Clerk) -> None:
    path = clerk.deliver([fund(1, 法院代码="T11")], "a.csv")
    path.with_name(f"{T14}.csv").symlink_to(path)
    clerk.receive()
    assert found(clerk) == [("T14", "refused", None)]


def hold(clerk: Clerk, *held: tuple[str, str]) -> None:
    """What the gate would say of (file, court)."""
    identities = {row["file_name"].rpartition("/")[2]: row["delivery_id"] for row in clerk.ledger("deliveries")}
    rows = [
        {"kind": "funds", "court_code": court, "delivery_id": identities[file], "rule_code": "r", "rule_zh": "规则",
         "rule_en": "rule", "checked_count": 9, "failed_count": 8}
        for file, court in held
    ]  # fmt: skip
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.Table.from_pylist(rows, schema=GATE["held_courts"]), clerk.layout.gate / "held_courts.parquet")


def test_what_the_gate_holds_is_not_in_force_and_the_file_before_it_is(clerk: Clerk) -> None:
    clerk.deliver([fund(1, 法院代码="T11")], "b.csv", at=50)
    clerk.deliver([fund(1)], "a.csv", at=100)
    clerk.deliver([fund(1, 到账金额="9")], "c.csv", at=200)
    clerk.receive()
    hold(clerk, ("c.csv", "T14"))
    assert found(clerk) == [("T14", "correction_held", "2019-12/funds/a.csv")]
    assert in_force(clerk) == {"T11": "2019-12/funds/b.csv", "T14": "2019-12/funds/a.csv"}
    assert clerk.ledger("redelivery_changes") == [], "what does not count changed nothing"
    hold(clerk, ("c.csv", "T14"), ("a.csv", "T14"))
    assert found(clerk) == [("T14", "held", None)]
    assert in_force(clerk) == {"T11": "2019-12/funds/b.csv"}
    turns = {row["turn"] for row in clerk.ledger("delivery_courts") if row["court_code"] == "T14"}
    assert turns == {1, 2}, "the gate sees both, whatever it held before"


@pytest.mark.parametrize(
    ("name", "stays"),
    [
        ("城区_案款_201912.csv", "城区案款"),
        ("城区_案款_2019年12月（更正）.xlsx", "城区案款"),
        ("201912.csv", ""),
        ("cases 2.csv", "cases"),
    ],
)
def test_what_stays_the_same_in_a_file_s_name_is_its_sender(name: str, stays: str) -> None:
    receipt = Receipt("d", "funds", "2019-12", f"2019-12/funds/{name}", "", 0, "csv", "2020-01-01T00:00:00+00:00", "")
    assert gaps.sender(receipt) == stays


def test_names_of_courts_are_found_in_file_names(clerk: Clerk) -> None:
    from pipelines.extracts.receiving_context import current_register
    from pipelines.settings.effective import seeds

    register = current_register(seeds(clerk.layout))
    assert register.named_in(f"{T11}_执行案件_201912") == ["T11"]
    assert register.named_in("cases_t13") == ["T13"]
    assert register.named_in("西宁中院") == ["T10"]
    assert register.named_in("全省_201912") == []


def test_a_month_s_cases_are_never_lost_to_a_gap_of_another_kind(clerk: Clerk) -> None:
    clerk.deliver([case(1)], f"{T14}.csv", kind="cases")
    clerk.deliver(BAD, f"{T14}.csv")
    clerk.receive("cases")
    clerk.receive()
    kinds = pl.DataFrame(clerk.ledger("delivery_gaps"))["kind"].to_list()
    assert kinds == ["funds"]
    assert [row["kind"] for row in clerk.ledger("delivery_courts") if row["is_in_force"]] == ["cases"]
