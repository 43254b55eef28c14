"""Saved statements belong to their author; others see the shared ones and change none.
The history is each reader's own, and has an end."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboards.workbench import library


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ENFORCEMENT_DATA_DIR", str(tmp_path))
    return tmp_path


def test_a_saved_statement_is_found_by_its_number() -> None:
    number = library.save("存量", "li", "select 1", is_shared=False)
    found = library.find(number, "li")
    assert found is not None
    assert (found.name, found.author, found.statement, found.is_shared) == ("存量", "li", "select 1", False)


def test_the_same_name_again_replaces_and_keeps_the_address() -> None:
    first = library.save("a", "li", "select 1", is_shared=False)
    again = library.save("a", "li", "select 2", is_shared=True)
    assert again == first
    assert [entry.statement for entry in library.saved("li")] == ["select 2"]


def test_two_authors_may_use_one_name() -> None:
    assert library.save("a", "li", "select 1", is_shared=True) != library.save("a", "wang", "select 2", is_shared=True)


def test_others_see_what_is_shared_and_nothing_else() -> None:
    own, shared = library.save("own", "li", "q", is_shared=False), library.save("all", "li", "q", is_shared=True)
    assert [entry.name for entry in library.saved("wang")] == ["all"]
    assert library.find(own, "wang") is None
    assert library.find(shared, "wang") is not None


def test_sharing_can_be_taken_back() -> None:
    number = library.save("a", "li", "select 1", is_shared=True)
    library.save("a", "li", "select 1", is_shared=False)
    assert library.find(number, "wang") is None


def test_own_statements_come_first() -> None:
    library.save("a", "li", "select 1", is_shared=True)
    library.save("z", "wang", "select 2", is_shared=False)
    assert [entry.name for entry in library.saved("wang")] == ["z", "a"]


def test_a_foreign_statement_is_not_removed() -> None:
    number = library.save("a", "li", "select 1", is_shared=True)
    assert library.remove(number, "wang") is False
    assert library.find(number, "li") is not None
    assert library.remove(number, "li") is True
    assert library.find(number, "li") is None


def test_the_history_is_ones_own_and_the_last_first() -> None:
    first, second = library.ask("li", "select 1"), library.ask("li", "select x")
    library.ask("wang", "select 3")
    assert [entry.fault for entry in library.history("li")] == ["unanswered", "unanswered"]
    library.answer(second, None, None, "failed")
    library.answer(first, 1, 0.1, "")
    found = [(entry.statement, entry.fault) for entry in library.history("li")]
    assert found == [("select x", "failed"), ("select 1", "")]


def test_the_history_keeps_the_last_two_hundred(monkeypatch: pytest.MonkeyPatch) -> None:
    assert library.HISTORY_EACH == 200
    monkeypatch.setattr(library, "HISTORY_EACH", 5)
    for number in range(8):
        library.ask("li", f"select {number}")
    library.ask("wang", "select 9")
    assert [entry.statement for entry in library.history("li")] == [f"select {number}" for number in (7, 6, 5, 4, 3)]
    assert len(library.history("wang")) == 1


def test_a_name_is_a_name_and_never_sql() -> None:
    number = library.save("x'); drop table saved; --", "o'brien", "select ';'", is_shared=True)
    assert library.find(number, "o'brien") is not None
