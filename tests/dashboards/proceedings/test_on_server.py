"""Acts kept on a PostgreSQL server: it refuses by itself to change one, and whatever it does, pages are told in time.
What holds wherever acts are kept is tested with the store."""

from __future__ import annotations

import os
import signal
import time
import traceback
from collections.abc import Callable
from threading import Thread
from typing import Any

import psycopg
import pytest

from dashboards.access import audit
from dashboards.access.readers import Reader
from dashboards.proceedings import store
from dashboards.proceedings.keepers import connections, on_server
from dashboards.proceedings.keepers.connections import Connection
from dashboards.proceedings.store import StoreError, Writer
from tests.postgres import Server

WRITER = Writer(Reader("bureau", "bureau", None), "QH", "20200105-0800-full")


@pytest.fixture
def kept() -> str:
    return "server"


def say(text: str, thread: int | None = None) -> int:
    return store.append(WRITER, "comment", "said", {"court": "T13"}, {"said": text}, thread)


def said() -> list[str]:
    return [str(act.content["said"]) for act in store.acts("comment", "QH")]


CHANGES = (
    "update enforcement_acts.acts set content = '{}'",
    "update enforcement_acts.acts set content = '{}' where false",
    "delete from enforcement_acts.acts",
    "truncate enforcement_acts.acts",
    "truncate enforcement_acts.acts cascade",
    "insert into enforcement_acts.acts select * from enforcement_acts.acts"
    " on conflict (act_id) do update set content = '{}'",
    "insert into enforcement_acts.acts select * from enforcement_acts.acts",
    "merge into enforcement_acts.acts as t using enforcement_acts.acts as s on t.act_id = s.act_id"
    " when matched then delete",
    "set session_replication_role = replica; delete from enforcement_acts.acts",
)


@pytest.mark.parametrize("statement", CHANGES)
def test_the_server_itself_refuses_even_its_owner_to_change_an_act(database: str, statement: str) -> None:
    say("原话")
    with psycopg.connect(database) as owner, pytest.raises(psycopg.IntegrityError, match=r"never|behind the last"):
        owner.execute(statement)
    assert said() == ["原话"]


@pytest.mark.parametrize(
    "statement",
    [
        *CHANGES[:5],
        "alter table enforcement_acts.acts disable trigger all",
        "drop trigger acts_are_not_changed on enforcement_acts.acts",
        "drop table enforcement_acts.acts",
        "create table enforcement_acts.more (a int)",
        "update enforcement_acts.store set version = 9",
        "set session_replication_role = replica",
    ],
)
def test_the_role_of_the_dashboards_is_granted_no_way_around_them(acts_at: str, statement: str) -> None:
    say("原话")
    with psycopg.connect(acts_at) as role, pytest.raises(psycopg.errors.InsufficientPrivilege):
        role.execute(statement)


WRONG = {
    "content": "no json",
    "content of another kind": "[1]",
    "moment": "2020-01-05 08:00",
    "moment of no UTC": "2020-01-05T08:00:00.000+08:00",
}


@pytest.mark.parametrize("wrong", WRONG)
def test_the_server_takes_no_act_that_could_not_be_read(acts_at: str, wrong: str) -> None:
    content, moment = (WRONG[wrong], "2020-01-05T08:00:00.000+00:00") if "content" in wrong else ("{}", WRONG[wrong])
    row = ("QH", "comment", "said", "x", "bureau", moment, "s", content)
    refused = psycopg.DataError if wrong == "content" else psycopg.IntegrityError
    with psycopg.connect(acts_at) as role, pytest.raises(refused):
        role.execute(on_server.INSERT, (None, *row))
    assert said() == []


def test_a_number_that_was_given_back_leaves_no_gap_and_one_that_is_missing_breaks_nothing(database: str) -> None:
    first = say("一")
    with psycopg.connect(database) as owner:
        row = (first, "QH", "comment", "said", "x", "bureau", "2020-01-05T08:00:00.000+00:00", "s", '{"said": "无"}')
        owner.execute(on_server.INSERT, row)
        owner.rollback()
        assert say("二", first) == first and store.acts("comment", "QH")[-1].number == 2
        owner.execute(on_server.FILL, (9, *row))
        owner.commit()
    assert say("三") == 10 and [act.number for act in store.acts("comment", "QH")] == [1, 2, 9, 10]


def test_no_act_is_seen_before_one_with_a_smaller_number(acts_at: str) -> None:
    """A reader who remembers up to a number would never look for a smaller one that comes later."""
    say("一")
    with psycopg.connect(acts_at) as slow:
        slow.execute(on_server.INSERT, (None, "QH", "comment", "said", "x", "bureau", "2020-01-05T08:00:00.000+00:00",
                                        "s", '{"said": "慢"}'))  # fmt: skip
        other = Thread(target=say, args=("快",))
        other.start()
        other.join(0.5)
        assert other.is_alive() and said() == ["一"]
        slow.commit()
        other.join(30)
    assert said() == ["一", "慢", "快"]


@pytest.mark.parametrize("is_there", [True, False])
def test_a_line_cut_while_an_act_is_confirmed_neither_loses_nor_doubles_it(
    monkeypatch: pytest.MonkeyPatch, *, is_there: bool
) -> None:
    say("一")
    whole = Connection.execute

    def cut(self: Connection, query: Any, *more: Any) -> Any:
        if query == "commit" and self.info.transaction_status == psycopg.pq.TransactionStatus.INTRANS and not done:
            done.append(1)
            if is_there:
                whole(self, "commit")
            self.close()
            raise psycopg.OperationalError("server closed the connection unexpectedly")
        return whole(self, query, *more)

    done: list[int] = [1]
    monkeypatch.setattr(Connection, "execute", cut)
    done.clear()
    if is_there:
        assert say("二") == 2
        assert said() == ["一", "二"]
    else:
        with pytest.raises(StoreError, match="nothing was written"):
            say("二")
        assert said() == ["一"]


def test_after_a_restart_of_the_server_the_next_look_and_the_next_act_just_work(own: Server) -> None:
    say("一")
    assert said() == ["一"]
    own.stop()
    with pytest.raises(StoreError, match="cannot be reached"):
        said()
    with pytest.raises(StoreError, match="cannot be reached"):
        say("停")
    own.start()
    assert say("二") == 2 and said() == ["一", "二"]
    own.stop()
    own.start()
    assert said() == ["一", "二"]  # on a line that had been kept open


def _seconds(act: Callable[[], object]) -> float:
    started = time.monotonic()
    with pytest.raises(StoreError, match=r"cannot be reached .*check server"):
        act()
    return time.monotonic() - started


def test_a_server_that_hangs_holds_a_page_for_seconds_and_only_once(own: Server) -> None:
    say("一")
    processes = own.processes()
    try:
        for process in processes:
            os.kill(process, signal.SIGSTOP)
        assert _seconds(said) < 4 * connections.CONNECT
        assert _seconds(said) < connections.CONNECT / 2  # a page asks several times
        assert _seconds(lambda: say("停")) < 4 * connections.CONNECT
    finally:
        for process in processes:
            os.kill(process, signal.SIGCONT)
    connections.forget()  # what a quarter of a minute does
    assert say("二") == 2 and said() == ["一", "二"]


def test_a_statement_that_never_ends_is_ended(own: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "PATIENCE", 0.5)
    with psycopg.connect(own.address + "/postgres") as other:
        other.execute(on_server.LOCK)
        with pytest.raises(StoreError, match=r"lock timeout.*another writer has not ended"):
            say("一")
    assert say("二") == 1


def test_a_database_without_the_tables_says_what_to_run(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("drop schema enforcement_acts cascade")
    with pytest.raises(StoreError, match="--schema"):
        say("一")


def test_tables_of_a_later_version_are_not_written(database: str) -> None:
    say("一")
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("update enforcement_acts.store set version = 99")
    for act in (said, lambda: say("二")):
        with pytest.raises(StoreError, match="later version"):
            act()


def test_an_act_that_the_server_refuses_is_in_no_message(database: str) -> None:
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("alter table enforcement_acts.acts add check (deed <> 'said')")
    with pytest.raises(StoreError) as raised:
        say(text := "不外传"[::-1])
    assert text not in "".join(traceback.format_exception(raised.value)) and said() == []
    assert audit.wrong() == []
