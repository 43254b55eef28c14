"""Messages: who is told what, once, under their own role, whole or not at all; and the bell that counts them.
Whether a change is beyond chance is tested with the models that say so."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.access.readers import Reader
from dashboards.month import Month
from dashboards.outbox import box
from dashboards.outbox.evaluation import Told, evaluate
from dashboards.outbox.news import Item
from dashboards.proceedings import decisions, objections, subscriptions
from dashboards.proceedings.numbers import Number
from dashboards.proceedings.objections import Filing
from dashboards.proceedings.store import NotPossibleError, Writer
from dashboards.shell import unread
from tests.dashboards.circle.conftest import press
from tests.dashboards.shown import headline, html

SNAPSHOT = "20200105-0800-full"
DAY = date(2020, 1, 6)
OpenAs = Callable[..., AppTest]
BUREAU = Writer(Reader("bureau", "bureau", None), "QH", SNAPSHOT)
COURT = Writer(Reader("court", "court", ("T20",)), "QH", SNAPSHOT)
OTHER = Writer(Reader("other", "court", ("T10",)), "QH", SNAPSHOT)


def told(reader: str) -> list[Item]:
    return [item for message in box.messages(reader) for item in message.items]


def alter(house: Path, *statements: str) -> None:
    """Other figures in the snapshot that is published."""
    with duckdb.connect(str(next((house / "published").glob("*/enforcement.duckdb")))) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.fixture
def changed(house: Path) -> tuple[str, str]:
    """A court of the whole province and an indicator that changed beyond chance, all others within it."""
    of_one = (
        " where court_code = 'T13' and indicator_code = 'QX01' and window_code = 'rolling_12m'"
        " and period_month = date '2019-12-01'"
    )
    alter(
        house,
        "update performance.fct_court_intervals set is_change_significant = false",
        "update performance.fct_court_intervals set is_change_significant = true" + of_one,
        "update performance.fct_court_indicators set value_change = -0.25" + of_one,
    )
    return "T13", "QX01"


def test_a_change_is_told_beyond_chance_and_once(changed: tuple[str, str]) -> None:
    court, indicator = changed
    subscriptions.follow(BUREAU, "indicator", indicator, "en")
    evaluate(today=DAY)
    (item,) = told("bureau")
    assert (item.court, item.indicator, item.phrase) == (court, indicator, "worse")
    assert evaluate(today=DAY).items == 0 and len(told("bureau")) == 1


def test_the_files_say_it_in_the_readers_language_and_are_the_owners_alone(changed: tuple[str, str]) -> None:
    subscriptions.follow(BUREAU, "court", changed[0], "en")
    evaluate(today=DAY)
    (message,) = box.messages("bureau")
    assert message.folder == box.place() / "bureau" / "2019-12" / SNAPSHOT
    page = (message.folder / "news.html").read_text(encoding="utf-8")
    assert "worse, beyond chance" in page and SNAPSHOT in page and '<html lang="en">' in page
    sheet = pd.read_excel(message.folder / "news.xlsx", header=None, engine="calamine")
    assert sum("worse, beyond chance" in str(cell) for cell in sheet.to_numpy().ravel()) == 1
    assert {stat.S_IMODE(file.stat().st_mode) for file in message.folder.iterdir()} == {0o600}


def test_what_is_followed_no_more_and_what_nobody_follows_is_not_told(changed: tuple[str, str]) -> None:
    subscriptions.follow(BUREAU, "indicator", "QX02", "zh")
    subscriptions.follow(BUREAU, "indicator", changed[1], "zh")
    subscriptions.unfollow(BUREAU, "indicator", changed[1], "zh")
    evaluate(today=DAY)
    assert told("bureau") == []


def test_a_court_is_reminded_of_its_late_deliveries_without_asking(house: Path) -> None:
    (house / "excerpts").unlink()  # made of the figures before the change
    alter(
        house,
        "update rankings.rpt_delivery_quality set status = 'delivered'",
        "update rankings.rpt_delivery_quality set status = 'not_delivered' where court_code in ('T21', 'T13')"
        " and kind = 'cases' and extract_month = date '2019-12-01'",
    )
    evaluate(today=DAY)
    (item,) = told("court")
    assert (item.topic, item.phrase, item.court, item.said) == (
        "delivery",
        "not_delivered",
        "T21",
        {"kinds": ["cases"]},
    )
    assert told("bureau") == [] and [item.court for item in told("other")] == ["T13"]


def test_objections_are_told_to_their_court_and_the_bureau_only(house: Path) -> None:
    for writer in (BUREAU, COURT, OTHER):
        subscriptions.follow(writer, "objection", "", "zh")
    about = Number("T21", "own", "QX01", "month", Month(2019, 12, 1), "1")
    filing = Filing(about, ["C-1"], [], {}, "错", "见卷", 0.5)
    objections.file(COURT, ("T20", "T21", "T22"), filing)
    evaluate(today=DAY)
    assert [i.phrase for i in told("bureau") if i.topic == "objection"] == ["deed_file"]
    assert [i for i in told("other") + told("court") if i.topic == "objection"] == []
    (one,) = objections.objections("QH")
    objections.step(BUREAU, one, "take", "")
    evaluate(today=DAY)
    assert [i.phrase for i in told("court") if i.topic == "objection"] == ["deed_take"]
    assert [i for i in told("other") if i.topic == "objection"] == []


@pytest.mark.parametrize(
    "day, phrases", [((2020, 1, 1), []), ((2020, 1, 8), ["due_soon"]), ((2020, 1, 16), ["overdue"])]
)
def test_a_due_date_is_told_a_week_before_and_when_it_has_passed(
    house: Path,
    day: tuple[int, int, int],
    phrases: list[str],
) -> None:
    subscriptions.follow(BUREAU, "due", "", "zh")
    about = Number("T13", "own", "QX01", "month", Month(2019, 12, 1))
    decisions.decide(BUREAU, about, "清理", "执行局", date(2020, 1, 15))
    evaluate(today=date(*day))
    assert [item.phrase for item in told("bureau")] == phrases


def test_who_is_no_reader_any_more_is_told_nothing(changed: tuple[str, str]) -> None:
    gone = Writer(Reader("gone", "bureau", None), "QH", SNAPSHOT)
    subscriptions.follow(gone, "indicator", changed[1], "zh")
    evaluate(today=DAY)
    assert not (box.place() / "gone").exists()


def test_one_readers_failure_keeps_nobody_else_back(changed: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    subscriptions.follow(BUREAU, "indicator", changed[1], "zh")
    put = box.put
    monkeypatch.setattr(box, "put", lambda reader, *rest: put(reader, *rest) if reader == "bureau" else 1 / 0)
    done = evaluate(today=DAY)
    assert told("bureau") and "bureau" not in done.failed


KILLED = """
import os, signal, sys
from pathlib import Path
from dashboards.month import Month
from dashboards.outbox import box
from dashboards.outbox.news import Item
step = sys.argv[1]
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
if step == "written":
    box._written = lambda file, content: (file.write_bytes(content[:3]), die())
if step == "named":
    Path.rename = die
with box.locked():
    box.put("bureau", Month(2019, 12, 1), "one", [Item("k", "check", "flag_alert")], {"news.html": b"whole"})
print("done")
"""


@pytest.mark.parametrize("step, left", [("written", 0), ("named", 0), ("none", 1)])
def test_a_kill_leaves_a_whole_message_or_none(house: Path, step: str, left: int) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, step], env=dict(os.environ), capture_output=True, text=True)
    assert done.returncode == (0 if left else -signal.SIGKILL), done.stderr
    assert len(box.messages("bureau")) == left
    with box.locked():
        assert not list(box.place().glob(f"{box.MAKING}*"))
        box.put("bureau", Month(2019, 12, 1), "one", [Item("k", "check", "flag_alert")], {"news.html": b"whole"})
    assert len(box.messages("bureau")) == left + 1
    assert all((m.folder / "news.html").read_bytes() == b"whole" for m in box.messages("bureau"))


@pytest.mark.parametrize("name", ["..", "../../etc", "a/b", ".hidden", "王法官@court", "x" * 300, "a%2Fb", ""])
def test_a_readers_name_is_a_folder_of_its_own(house: Path, name: str) -> None:
    folder = box.folder_name(name or "-")
    assert "/" not in folder and not folder.startswith(".") and len(folder.encode()) < 200
    assert (box.place() / folder).resolve().parent == box.place().resolve()


def test_two_names_never_share_a_folder() -> None:
    names = ["a/b", "a%2Fb", "a.b", "a%2Eb", "x" * 300, "x" * 301]
    assert len({box.folder_name(name) for name in names}) == len(names)


def test_nobody_follows_without_end_or_twice_or_what_is_not_there(house: Path) -> None:
    for number in range(subscriptions.MOST):
        subscriptions.follow(BUREAU, "indicator", f"QX{number}", "zh")
    for topic, code, reason in (
        ("indicator", "QX1", "already"), ("court", "T13", "too_many_follows"), ("person", "x", "unknown"),
        ("due", "T13", "unknown"), ("court", "", "unknown"),
    ):  # fmt: skip
        with pytest.raises(NotPossibleError, match=reason):
            subscriptions.follow(BUREAU, topic, code, "zh")


def test_nothing_published_is_nothing_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENFORCEMENT_DATA_DIR", str(tmp_path))
    assert evaluate() == Told()


def test_the_bell_counts_until_the_page_is_visited(changed: tuple[str, str], open_as: OpenAs) -> None:
    app = open_as("bureau", "alerts", lang="en")
    app.selectbox(key="follow_topic").set_value("indicator").run()
    app.selectbox(key="follow_indicator").set_value(changed[1])
    press(app, "Follow")
    evaluate(today=DAY)
    assert "Alerts 1" in bells(open_as("bureau", lang="en"))
    assert bells(open_as("leader", lang="en")) == ""
    app = open_as("bureau", "alerts", lang="en")
    assert headline(app).startswith("Alerts: 1 new") and "worse, beyond chance" in html(app)
    assert bells(open_as("bureau", lang="en")) == ""
    press(open_as("bureau", "alerts", lang="en"), "Unfollow")
    assert subscriptions.subscribers("QH")["bureau"].follows == ()


def bells(app: AppTest) -> str:
    return " ".join(link.proto.label for link in app.get("page_link") if link.proto.icon == unread.BELL)


def test_what_was_told_under_a_wider_role_is_shown_no_more(house: Path, open_as: OpenAs) -> None:
    items = [Item("a", "check", "flag_alert", "T13", "", "2019-12", {"name_zh": "甲乙", "name_en": "x"}),
             Item("b", "delivery", "late", "T13", "", "2019-12", {"kinds": ["cases"]})]  # fmt: skip
    with box.locked():
        box.put("court", Month(2019, 12, 1), SNAPSHOT, items, {"news.xlsx": b"x"})
    app = open_as("court", "alerts")
    assert "逾期报送" in html(app) and "甲乙" not in html(app)
    assert [e for e in app.get("download_button") if "alerts" in str(e.proto.id)] == []


def test_what_is_kept_beside_the_files_reads_back(house: Path) -> None:
    item = Item("k", "objection", "deed_take", "T13", "QX01", "2019-12", {"number": 1, "at": "2020-01-05"})
    with box.locked():
        place = box.put("bureau", Month(2019, 12, 1), SNAPSHOT, [item], {})
    assert told("bureau") == [item]
    assert json.loads((place / box.KEPT).read_text(encoding="utf-8"))["snapshot_id"] == SNAPSHOT
