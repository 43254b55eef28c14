"""Every query of every page, asked as every role for other courts and for the whole province, on the database the role
is given: no text of another court's records is in an answer; for who may see the province the same search finds it."""

from __future__ import annotations

import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

import dashboards
from dashboards import snapshot
from dashboards.access import readers
from dashboards.month import Month
from dashboards.queries.evidence import Part
from dashboards.queries.narrowing import ALL, OPEN, Narrowing
from dashboards.queries.numbers import Number
from dashboards.shell import sign_in
from dashboards.texts import texts
from tests.dashboards.access.conftest import ACCESS

Query = Callable[..., Any]
OWN = ["T20", "T21", "T22"]  # the jurisdiction of the access file's court
WHOLE, CUT = ("leader", "bureau", "analyst"), ("court", "auditor")
FOREIGN = (("T13", "own"), ("T10", "jurisdiction"), ("T00", "province"), ("", "province"))  # "": every court
FIRST, LAST = Month.parse("2018-01"), Month.parse("2019-12")
SHORTEST = 4  # characters: a shorter text may be anything
# What every parameter of a query is asked with. A parameter that is not here fails the test: add it, with values that
# ask for as much as the page could ask for. `court`, `scope`, `number` and `part` go through FOREIGN as well.
VALUES: dict[str, tuple[Any, ...]] = {
    "by": ("court_code",),
    "case_scope": ("all_enforcement", "not_case_based"),
    "check": ("",),
    "codes": (("QX02", "QX03", "QX07"),),
    "court_month": (LAST,),
    "first": (FIRST,),
    "first_month": (FIRST,),
    "indicator": ("QX02", "QX03"),
    "indicators": (("QX02", "QX03", "QX07"),),
    "is_ranked": (True,),
    "kinds": (("cases", "linkage", "defaulters"),),
    "last": (LAST,),
    "last_month": (LAST,),
    "month": (LAST,),
    "months": (24,),
    "most": (500,),
    "narrowed": (ALL, Narrowing(OPEN, least_days=1, most_amount=1e9)),
    "page": (1,),
    "peer_group": ("basic",),
    "province": ("QH",),
    "size": (100_000,),
    "status": ("",),
    "table": ("fct_enforcement_cases",),
    "tables": (("fct_enforcement_cases", "fct_funds"),),
    "version": ("1",),
    "window": ("ytd",),
    "windows": (("ytd", "month"),),
}


def _public() -> Iterator[tuple[str, Query]]:
    """module.function of every query; a page's module of queries goes by the page's name."""
    for found in pkgutil.walk_packages(dashboards.__path__, "dashboards."):
        *_, room, name = found.name.split(".")
        if found.ispkg or "queries" not in (room, name):
            continue
        module = import_module(found.name)
        for query, function in inspect.getmembers(module, inspect.isfunction):
            first = next(iter(inspect.signature(function).parameters), "")
            if function.__module__ == module.__name__ and not query.startswith("_") and first == "cursor":
                yield f"{room if name == 'queries' else name}.{query}", function


QUERIES = dict(_public())
# Pages of lists; of single records but for those of published values, of returns and of streaks, which are for all.
FOR_ALL = {"restatements.restated", "restatements.differing_returns", "supervision.candidates"}
LISTS = {name for name, query in QUERIES.items() if {"size", "page"} <= set(inspect.signature(query).parameters)}
RECORDS = LISTS - FOR_ALL


@pytest.fixture(scope="module")
def whole(data_directories: dict[str, Path]) -> Iterator[duckdb.DuckDBPyConnection]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENFORCEMENT_DATA_DIR", str(data_directories["full"]))
        found = snapshot.find(snapshot.current_id())
        assert found is not None
        with snapshot.connect(found) as connection:
            yield connection


@pytest.fixture(scope="module")
def given(
    whole: duckdb.DuckDBPyConnection, data_directories: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, duckdb.DuckDBPyConnection]]:
    """Role → a connection to what the door gives that role's reader of the access file."""
    file = tmp_path_factory.mktemp("access") / "access.toml"
    file.write_text(ACCESS, encoding="utf-8")
    file.chmod(0o600)
    access, made = readers.read(file), {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENFORCEMENT_DATA_DIR", str(data_directories["full"]))
        found = snapshot.find(snapshot.current_id())
        assert found is not None
        for role in (*WHOLE, *CUT):
            patch.setattr(sign_in, "reader", lambda role=role: access.reader(role))
            made[role] = snapshot.connect(sign_in.own(found, texts("en")))
    yield made
    for connection in made.values():
        connection.close()


@pytest.fixture(scope="module")
def strangers(whole: duckdb.DuckDBPyConnection) -> set[str]:
    """Every text that stands in records of other courts, and neither in T20's records nor in what is for everybody."""
    foreign, known = set(), said(whole.execute("select column_name, comment from duckdb_columns()").df())
    tables = whole.execute("select schema_name, table_name, readers, court_columns from catalogue.dim_tables")
    for schema, table, who, courts in tables.fetchall():
        columns = whole.execute(
            "select column_name from duckdb_columns() where schema_name = ? and table_name = ?"
            " and data_type = 'VARCHAR' and database_name = current_database()",
            [schema, table],
        ).fetchall()
        own = "true" if who == "province" else " or ".join(f"list_contains($own, {name})" for name in courts.split(","))
        for (column,) in columns:
            rows = whole.execute(
                f'select distinct "{column}", coalesce({own}, false) from {schema}.{table}',
                {} if who == "province" else {"own": OWN},
            ).fetchall()
            known |= {text for text, is_known in rows if is_known}
            foreign |= {text for text, is_known in rows if not is_known}
    return {text for text in foreign - known if text and len(text) >= SHORTEST}


def _case_numbers(whole: duckdb.DuckDBPyConnection, court: str) -> tuple[str, ...]:
    """The first case of a court, or of every court that is not the reader's."""
    found = whole.execute(
        "select min(case_number) from core.fct_enforcement_cases where court_code = $court or ($court in ('', 'T00') "
        "and not list_contains($own, court_code)) or (court_code = 'T11' and $court = 'T10')",
        {"court": court, "own": OWN},
    ).fetchall()
    return (str(found[0][0]),)


def _case_ids(whole: duckdb.DuckDBPyConnection, court: str) -> tuple[str, ...]:
    """The case of a court, or of every court that is not the reader's, that a check was met by; any where none was."""
    found = whole.execute(
        "select c.case_id from core.fct_enforcement_cases as c left join rankings.rpt_gaming_cases as g using (case_id)"
        " where c.court_code = $court or ($court in ('', 'T00') and not list_contains($own, c.court_code))"
        " or (c.court_code = 'T11' and $court = 'T10') order by g.case_id is null, c.case_id limit 1",
        {"court": court, "own": OWN},
    ).fetchall()
    return (str(found[0][0]),)


def askings(query: Query, whole: duckdb.DuckDBPyConnection) -> Iterator[list[Any]]:
    """All the values a query is asked with, for each foreign court in each scope."""
    names = list(inspect.signature(query).parameters)[1:]
    measures = [name for (name,) in whole.execute("select measure_code from core.dim_measures").fetchall()]
    every = tuple(code for (code,) in whole.execute("select court_code from core.dim_courts").fetchall())
    sides = whole.execute(
        "select numerator_measure, numerator_scope, denominator_measure, denominator_scope from core.dim_indicators "
        "where superseded_from is null and indicator_code = 'QX02'"
    ).fetchall()[0]
    for court, scope in FOREIGN:
        at = {
            **VALUES,
            "court": (court,),
            "scope": (scope,),
            "courts": (every,),
            "measure": tuple(measures),
            "number": (Number(court, scope, "QX02", "ytd", Month.parse("2019-01"), LAST),),
            "case_number": _case_numbers(whole, court),
            "case_id": _case_ids(whole, court),
            "counted": (Part(*sides[:2], court, scope, FIRST, LAST),),
            "whole": (Part(*sides[2:], court, scope, FIRST, LAST),),
            "part": tuple(Part(m, "all_enforcement", court, scope, FIRST, LAST) for m in measures),
        }
        unknown = [name for name in names if name not in at]
        assert not unknown, f"give values for {unknown}: every query is asked as every role"
        yield from map(list, product(*(at[name] for name in names)))


def said(answer: Any) -> set[str]:
    """Every text of an answer, whole and word by word."""
    if isinstance(answer, pd.DataFrame):
        cells = {
            str(cell) for name in answer for cell in answer[name].unique() if not isinstance(cell, (int, float, bool))
        }
    else:
        cells = {str(answer)}
    words = {word for cell in cells for pattern in (r"[\w（）()-]+", r"\w+") for word in re.findall(pattern, cell)}
    return cells | words


def seen(name: str, by: duckdb.DuckDBPyConnection, whole: duckdb.DuckDBPyConnection, strangers: set[str]) -> set[str]:
    """The texts of other courts' records, and the courts of listed records, that a query gives a reader who asks."""
    found: set[str] = set()
    for values in askings(QUERIES[name], whole):
        with by.cursor() as cursor:
            answer = QUERIES[name](cursor, *values)
        found |= said(answer) & strangers
        if name in RECORDS and "court_code" in answer:
            found |= set(answer["court_code"].map(str)) - set(OWN)
    return found


def test_all_queries_are_found_and_there_is_something_to_find(strangers: set[str]) -> None:
    assert len(QUERIES) > 100 and len(RECORDS) > 12
    assert len(strangers) > 1000


@pytest.mark.parametrize("role", CUT)
@pytest.mark.parametrize("name", QUERIES)
def test_no_query_gives_another_courts_record(
    given: dict[str, duckdb.DuckDBPyConnection],
    whole: duckdb.DuckDBPyConnection,
    strangers: set[str],
    name: str,
    role: str,
) -> None:
    assert sorted(seen(name, given[role], whole, strangers))[:5] == []


@pytest.mark.parametrize("role", WHOLE)
@pytest.mark.parametrize("name", sorted(RECORDS))
def test_the_same_question_finds_them_for_who_may_see_the_province(
    given: dict[str, duckdb.DuckDBPyConnection],
    whole: duckdb.DuckDBPyConnection,
    strangers: set[str],
    name: str,
    role: str,
) -> None:
    assert seen(name, given[role], whole, strangers)


def test_a_court_is_answered_with_its_own_records(given: dict[str, duckdb.DuckDBPyConnection]) -> None:
    part = Part("closed_cases", "all_enforcement", "T21", "own", FIRST, LAST)
    with given["court"].cursor() as cursor:
        assert len(QUERIES["evidence.records"](cursor, part, 100, 1)) > 10
    with given["auditor"].cursor() as cursor:
        assert QUERIES["evidence.records"](cursor, part, 100, 1).empty
