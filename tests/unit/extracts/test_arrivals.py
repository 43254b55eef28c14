"""When a file came, and which of two is the later: looks into a folder, times of files, names.
What a redelivery changes is held in test_redelivery."""

from __future__ import annotations

import dataclasses
import itertools
import json
import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from pipelines.extracts import receipts
from pipelines.extracts.arrivals import Seen, reckon
from pipelines.extracts.receipts import Receipt
from tests.unit.extracts.conftest import MONTH, Clerk, fund
from tests.unit.extracts.test_kill_and_resume import KilledError, killing
from tests.unit.extracts.test_redelivery import in_force

DAY = datetime(2020, 1, 5, 1, tzinfo=UTC)  # in Beijing nine o'clock on the fifth after the month
Clock = Callable[[datetime], None]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Sets the clock of receiving."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr("pipelines.extracts.arrivals.now", lambda: moment)

    return set_to


def days(number: float) -> timedelta:
    return timedelta(days=number)


def put(clerk: Clerk, name: str, amount: str, own: datetime, court: str = "T14") -> None:
    clerk.deliver([fund(1, 到账金额=amount, 法院代码=court)], name, at=own.timestamp())


def received(clerk: Clerk) -> dict[str, Receipt]:
    """Receipts by the file's name alone."""
    return {receipt.file_name.rpartition("/")[2]: receipt for receipt in clerk.receive().deliveries}


def said(receipt: Receipt) -> list[str]:
    return [message.code for message in receipt.notices]


def test_history_taken_in_at_one_go_keeps_the_days_of_its_files(clerk: Clerk, at: Clock) -> None:
    at(DAY + days(2500))
    put(clerk, "a.csv", "1", DAY)
    put(clerk, "b.csv", "2", DAY + days(7))
    found = received(clerk)
    assert [found[name].received for name in ("a.csv", "b.csv")] == [DAY, DAY + days(7)]
    assert [said(receipt) for receipt in found.values()] == [[], []]
    assert in_force(clerk) == {(MONTH, "T14"): "b.csv"}


def test_nobody_waited_for_history_before_the_day_on_which_the_first_files_came(clerk: Clerk, at: Clock) -> None:
    """The first look is at one in the morning of the eighth, Beijing's, which is the seventh in Greenwich."""
    first_look = datetime(2020, 3, 7, 17, tzinfo=UTC)
    at(first_look)
    put(clerk, "own.csv", "1", DAY)  # its own time says when it came
    put(clerk, "copied.csv", "2", first_look, court="T11")
    clerk.receive()
    at(first_look + days(30))
    put(clerk, "later.csv", "3", first_look + days(30), court="T12")
    clerk.receive()
    since = {row["file_name"].rpartition("/")[2]: row["waited_since"] for row in clerk.ledger("deliveries")}
    assert since == {"own.csv": None, "copied.csv": date(2020, 3, 8), "later.csv": date(2020, 3, 8)}


def test_a_correction_taken_in_later_is_in_force_though_its_file_is_older(clerk: Clerk, at: Clock) -> None:
    at(DAY + days(1))
    put(clerk, "b.csv", "1", DAY)
    clerk.receive()
    at(DAY + days(9))
    put(clerk, "a.csv", "2", DAY - days(3))
    found = received(clerk)
    assert in_force(clerk) == {(MONTH, "T14"): "a.csv"}
    assert found["a.csv"].received == DAY + days(9)
    assert said(found["a.csv"]) == ["time_before_earlier"]
    told = found["a.csv"].notices[0]
    assert "2020-01-02 09:00" in told.zh and "T14" in told.zh and "b.csv" in told.zh
    assert "2020-01-02 09:00" in told.en and "T14" in told.en and "b.csv" in told.en


def test_an_older_file_of_another_court_is_no_news(clerk: Clerk, at: Clock) -> None:
    at(DAY + days(1))
    put(clerk, "b.csv", "1", DAY)
    clerk.receive()
    at(DAY + days(9))
    put(clerk, "a.csv", "2", DAY - days(3), court="T11")
    assert said(received(clerk)["a.csv"]) == []


def test_an_old_time_does_not_make_a_late_file_one_in_time(clerk: Clerk, at: Clock) -> None:
    at(DAY + days(1))
    put(clerk, "b.csv", "1", DAY)
    clerk.receive()
    at(DAY + days(40))
    put(clerk, "a.csv", "2", DAY, court="T11")
    assert received(clerk)["a.csv"].received == DAY + days(40)


def test_between_two_looks_a_files_own_time_says_when_it_came(clerk: Clerk, at: Clock) -> None:
    at(DAY + days(1))
    put(clerk, "b.csv", "1", DAY)
    clerk.receive()
    at(DAY + days(40))
    put(clerk, "a.csv", "2", DAY + days(5), court="T11")
    assert received(clerk)["a.csv"].received == DAY + days(5)


@pytest.mark.parametrize(
    ("own", "code"),
    [
        (DAY + days(400), "time_ahead"),
        (datetime(2019, 11, 30, 15, 59, tzinfo=UTC), "time_before_month"),
        (datetime(1980, 1, 1, tzinfo=UTC), "time_before_month"),
    ],
)
def test_a_time_that_cannot_be_is_told_and_the_look_counts(clerk: Clerk, at: Clock, own: datetime, code: str) -> None:
    at(DAY)
    put(clerk, "a.csv", "1", own)
    receipt = received(clerk)["a.csv"]
    assert (receipt.received, said(receipt)) == (DAY, [code])


def test_the_month_begins_in_beijing(clerk: Clerk, at: Clock) -> None:
    at(DAY)
    put(clerk, "a.csv", "1", datetime(2019, 11, 30, 16, tzinfo=UTC))
    receipt = received(clerk)["a.csv"]
    assert (receipt.received, said(receipt)) == (datetime(2019, 11, 30, 16, tzinfo=UTC), [])


def test_a_file_of_the_future_does_not_outlive_its_correction(clerk: Clerk, at: Clock) -> None:
    at(DAY)
    put(clerk, "a.csv", "1", DAY + days(900))
    clerk.receive()
    at(DAY + days(1))
    put(clerk, "0.csv", "2", DAY + days(0.5))
    found = received(clerk)
    assert in_force(clerk) == {(MONTH, "T14"): "0.csv"}
    assert said(found["0.csv"]) == []


def test_a_clock_set_back_does_not_turn_the_order(clerk: Clerk, at: Clock) -> None:
    for number, (look, amount) in enumerate([(DAY + days(30), "1"), (DAY, "2"), (DAY + days(1), "3")]):
        at(look)
        put(clerk, f"{9 - number}.csv", amount, look)
        clerk.receive()
    assert in_force(clerk) == {(MONTH, "T14"): "7.csv"}


def test_content_that_comes_back_is_in_force_and_its_court_no_later_than_it_was(clerk: Clerk, at: Clock) -> None:
    for number, amount in enumerate(["1", "2", "1"]):
        at(DAY + days(number * 10))
        put(clerk, "a.csv", amount, DAY + days(number * 10))
        receipt = received(clerk)["a.csv"]
    force = [row for row in clerk.ledger("delivery_courts") if row["is_in_force"]]
    assert [row["delivery_id"] for row in force] == [receipt.delivery_id]
    assert receipt.received == DAY


COPIES = ["月报.csv", "月报(2).csv", "月报(10).csv", "月报（更正）.csv"]


@pytest.mark.parametrize("seed", range(5))
def test_a_copy_of_a_landing_that_lost_its_times_has_the_same_files_in_force(seed: int) -> None:
    own = [DAY + timedelta(seconds=seconds) for seconds in range(len(COPIES))]
    random.Random(seed).shuffle(own)
    found = reckon([Seen(name, name, at) for name, at in zip(COPIES, own, strict=True)], [], MONTH, DAY + days(1))
    assert sorted(COPIES, key=lambda name: found[name].place) == COPIES
    assert [found[name].place for name in COPIES] == list(range(len(COPIES)))


def test_files_of_one_time_follow_their_names_in_whatever_order_they_are_found() -> None:
    files = [Seen(name, name, DAY) for name in COPIES]
    found = [reckon(order, [], MONTH, DAY) for order in itertools.permutations(files)]
    assert all(places == found[0] for places in found)


def test_days_apart_the_time_decides_whatever_the_names_say_and_a_doubt_is_told(clerk: Clerk, at: Clock) -> None:
    at(DAY + days(20))
    put(clerk, "月报.csv", "1", DAY + days(2))
    put(clerk, "月报更正.csv", "2", DAY)
    found = received(clerk)
    assert in_force(clerk) == {(MONTH, "T14"): "月报.csv"}
    assert [said(found["月报.csv"]), said(found["月报更正.csv"])] == [["order_by_time"], []]


def test_where_the_names_alone_decide_it_is_told(clerk: Clerk, at: Clock) -> None:
    at(DAY + days(1))
    put(clerk, "a.csv", "1", DAY)
    put(clerk, "b.csv", "2", DAY)
    put(clerk, "c.csv", "3", DAY, court="T11")
    found = received(clerk)
    assert {name: said(receipt) for name, receipt in found.items()} == {
        "a.csv": [], "b.csv": ["order_by_name"], "c.csv": [],
    }  # fmt: skip


@pytest.mark.parametrize("after", [1, 2])
def test_files_seen_together_stay_together_when_the_run_that_saw_them_is_killed(
    clerk: Clerk, at: Clock, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    put(clerk, "a.csv", "1", DAY + days(2))
    put(clerk, "b.csv", "2", DAY)
    at(DAY + days(20))
    with monkeypatch.context() as patch:
        patch.setattr(receipts, "write", killing(receipts.write, after, before=after == 2))
        with pytest.raises(KilledError):
            clerk.receive()
    at(DAY + days(21))
    found = received(clerk)
    assert in_force(clerk) == {(MONTH, "T14"): "a.csv"}
    assert {receipt.seen_at for receipt in found.values()} == {(DAY + days(20)).isoformat(timespec="microseconds")}


def test_receipts_of_an_earlier_version_keep_their_time_and_come_before_what_is_seen_now(
    clerk: Clerk, at: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(DAY)
    put(clerk, "b.csv", "1", DAY)
    (old,) = received(clerk).values()
    receipts.write(clerk.layout, dataclasses.replace(old, seen_at="", received_at="2031-01-01T00:00:00.000000+00:00"))
    (path,) = (clerk.layout.ledger / "receipts").glob("*/*/*.json")
    data = json.loads(path.read_text())
    del data["seen_at"], data["place"], data["digest"]
    path.write_text(json.dumps(data))
    monkeypatch.setattr("pipelines.extracts.receiving_context._mark", lambda kind, register: "other")
    put(clerk, "a.csv", "2", DAY - days(1))
    at(DAY + days(1))
    found = received(clerk)
    assert found["b.csv"].received_at == "2031-01-01T00:00:00.000000+00:00"
    assert in_force(clerk) == {(MONTH, "T14"): "a.csv"}


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"arrivals": {"x": {}}, "taken": []}'])
def test_a_damaged_memory_of_looks_stops_nothing(clerk: Clerk, at: Clock, content: str) -> None:
    at(DAY)
    put(clerk, "a.csv", "1", DAY)
    clerk.receive()
    (memory,) = (clerk.layout.ledger / "looks").glob("*/*.json")
    memory.write_text(content)
    put(clerk, "b.csv", "2", DAY - days(1))
    at(DAY + days(1))
    assert received(clerk)["b.csv"].received == DAY + days(1)
    assert in_force(clerk) == {(MONTH, "T14"): "b.csv"}
