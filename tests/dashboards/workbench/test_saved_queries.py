"""Saved statements belong to their author; others see the shared ones and change none.
The history is each reader's own, and has an end."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboards.workbench import saved_queries


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ENFORCEMENT_DATA_DIR", str(tmp_path))
    return tmp_path


def test_a_saved_statement_is_found_by_its_number() -> None:
    number = saved_queries.save("存量", "li", "select 1", is_shared=False)
    found = saved_queries.find(number, "li")
    assert found is not None
    assert (found.name, found.author, found.statement, found.is_shared) == ("存量", "li", "select 1", False)


def test_the_same_name_again_replaces_and_keeps_the_address() -> None:
    first = saved_queries.save("a", "li", "select 1", is_shared=False)
    again = saved_queries.save("a", "li", "select 2", is_shared=True)
    assert again == first
    assert [entry.statement for entry in saved_queries.saved("li")] == ["select 2"]


def test_two_authors_may_use_one_name() -> None:
    assert saved_queries.save("a", "li", "select 1", is_shared=True) != saved_queries.save(
        "a", "wang", "select 2", is_shared=True
    )


def test_others_see_what_is_shared_and_nothing_else() -> None:
    own, shared = (
        saved_queries.save("own", "li", "q", is_shared=False),
        saved_queries.save("all", "li", "q", is_shared=True),
    )
    assert [entry.name for entry in saved_queries.saved("wang")] == ["all"]
    assert saved_queries.find(own, "wang") is None
    assert saved_queries.find(shared, "wang") is not None


def test_sharing_can_be_taken_back() -> None:
    number = saved_queries.save("a", "li", "select 1", is_shared=True)
    saved_queries.save("a", "li", "select 1", is_shared=False)
    assert saved_queries.find(number, "wang") is None


def test_own_statements_come_first() -> None:
    saved_queries.save("a", "li", "select 1", is_shared=True)
    saved_queries.save("z", "wang", "select 2", is_shared=False)
    assert [entry.name for entry in saved_queries.saved("wang")] == ["z", "a"]


def test_a_foreign_statement_is_not_removed() -> None:
    number = saved_queries.save("a", "li", "select 1", is_shared=True)
    assert saved_queries.remove(number, "wang") is False
    assert saved_queries.find(number, "li") is not None
    assert saved_queries.remove(number, "li") is True
    assert saved_queries.find(number, "li") is None


def test_the_history_is_ones_own_and_the_last_first() -> None:
    first, second = saved_queries.ask("li", "select 1"), saved_queries.ask("li", "select x")
    saved_queries.ask("wang", "select 3")
    assert [entry.fault for entry in saved_queries.history("li")] == ["unanswered", "unanswered"]
    saved_queries.answer(second, None, None, "failed")
    saved_queries.answer(first, 1, 0.1, "")
    found = [(entry.statement, entry.fault) for entry in saved_queries.history("li")]
    assert found == [("select x", "failed"), ("select 1", "")]


def test_the_history_keeps_the_last_two_hundred(monkeypatch: pytest.MonkeyPatch) -> None:
    assert saved_queries.HISTORY_EACH == 200
    monkeypatch.setattr(saved_queries, "HISTORY_EACH", 5)
    for number in range(8):
        saved_queries.ask("li", f"select {number}")
    saved_queries.ask("wang", "select 9")
    assert [entry.statement for entry in saved_queries.history("li")] == [
        f"select {number}" for number in (7, 6, 5, 4, 3)
    ]
    assert len(saved_queries.history("wang")) == 1


def test_a_name_is_a_name_and_never_sql() -> None:
    number = saved_queries.save("x'); drop table saved; --", "o'brien", "select ';'", is_shared=True)
    assert saved_queries.find(number, "o'brien") is not None
