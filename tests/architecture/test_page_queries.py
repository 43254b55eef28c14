"""Nothing on a page grows with the number of cases except lists of records, and these are cut in SQL.
Which tables hold records is said by dbt's models; how fast the pages are belongs to the benchmark."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest

from dashboards.statements import statements
from pipelines.publication.catalogue import JURISDICTION
from pipelines.publication.public_models import public_models
from tests.architecture.repository import ROOT, Source, sources

NAMED = re.compile(r"SQL(?:\[|\.(?:frame|tells)\(\w+, )'(\w+)'")
TABLE = re.compile(r'\b(?:core|performance|rankings)\.(?:"\{|[a-z_]+)')
# A table that holds sums and is cut to a jurisdiction for another reason than its size.
SUMS = {
    "rankings.rpt_deliveries": "a row per file; cut because its name and its messages are for its courts",
    "rankings.rpt_gaming_checks": "a row per court, month and check; cut because a flag is about a court",
}
# A query that reads records without being a page of them → why it may.
GROUNDS = {
    "queries.evidence.largest": "the few records that weigh most, as many as asked for",
    "queries.evidence.totals": "count and sum of a list of records, set against the published number: the proof itself",
    "queries.case_counting.records_of": "one row: how many records of one case a measure's table has, and counts",
    "queries.evidence.selection": "puts a list's statement together; its two askers cut it into pages",
    "queries.month_facts.open_items": "the bulletin names every item to be rectified; items are found by people",
    "bulletin.queries.recount.measures": "the bulletin's second count goes back to the cases; no page asks it",
    "bulletin.queries.recount.counts": "the bulletin's second count goes back to the items; no page asks it",
}


def questions() -> list[Source]:
    """The modules that ask: those shared, those of a page, those of the bulletin."""
    return [s for s in sources("dashboards/") if "queries" in s.module.split(".")]


@pytest.fixture(scope="module")
def records(manifest: dict[str, Any]) -> set[str]:
    """The published tables of which a court's own staff read their own rows only, those with sums left out."""
    found = {model.full_name for model in public_models(manifest) if model.readers == JURISDICTION}
    assert len(found) > 20 and set(SUMS) <= found
    return found - set(SUMS)


def unpaged(modules: list[Source], records: set[str]) -> dict[str, list[str]]:
    """module.function → the tables of records it reads, of those that do not take `size` and `page`.

    A table whose name is put together (`core."{table}"`) may be any: it counts as one of records.
    """
    found: dict[str, list[str]] = {}
    for source in modules:
        for node in ast.walk(ast.parse(source.text)):
            if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                continue
            asked = {argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)}
            body = in_full(source, node)
            read = sorted(t for t in set(TABLE.findall(body)) if t in records or t.endswith('"{'))
            if read and not {"size", "page"} <= asked:
                found[f"{source.module.removeprefix('dashboards.')}.{node.name}"] = read
    return found


def in_full(source: Source, node: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    """A function's body, followed by the statements it names."""
    body = "\n".join(ast.unparse(statement).replace('\\"', '"') for statement in node.body)
    return "\n".join([body, *(statements(str(ROOT / source.path))[name] for name in NAMED.findall(body))])


def test_a_page_adds_up_months_and_lists_records_page_by_page(records: set[str]) -> None:
    assert set(unpaged(questions(), records)) == set(GROUNDS)


def test_every_question_on_records_cuts_its_answer() -> None:
    """What takes `size` and `page` has to use both in its SQL."""
    for source in questions():
        for node in ast.walk(ast.parse(source.text)):
            if isinstance(node, ast.FunctionDef) and {"size", "page"} <= {a.arg for a in node.args.args}:
                text = re.sub(r"\s+|\\n", " ", in_full(source, node))
                assert re.search(r"limit \$\w+ offset \$\w+", text), node.name


def test_every_statement_of_a_file_is_asked_and_every_one_asked_is_there() -> None:
    with_files = [source for source in questions() if (ROOT / source.path).with_suffix(".sql").exists()]
    assert len(with_files) > 20
    for source in with_files:
        asked = set(NAMED.findall(ast.unparse(ast.parse(source.text))))
        assert asked == set(statements(str(ROOT / source.path))), source.path


def test_statements_are_in_sql_files_unless_their_tables_are_chosen() -> None:
    """A statement in Python is seen neither by the linter of SQL nor by an analyst who runs the file."""
    for source in questions():
        written = [
            node
            for node in ast.walk(ast.parse(source.text))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "execute"
            and isinstance(node.args[0], ast.Constant)
        ]
        assert not written, (source.path, [node.lineno for node in written])


@pytest.mark.parametrize(
    "written, is_seen",
    [
        ("def sums(cursor): return cursor.execute('select count(*) from core.fct_funds')", True),
        ("def sums(cursor, size): return cursor.execute('select 1 from core.fct_funds limit $size')", True),
        ("def sums(cursor): return cursor.execute(f'select count(*) from core.\"{cursor}\"')", True),
        ("def page(cursor, size, page): return cursor.execute('from core.fct_funds limit $size')", False),
        ("def sums(cursor): return cursor.execute('from rankings.rpt_fund_ageing')", False),
        ("def sums(cursor): return cursor.execute('from rankings.rpt_gaming_checks')", False),
    ],
)
def test_the_rule_sees_what_breaks_it(records: set[str], written: str, is_seen: bool) -> None:
    assert bool(unpaged([Source("dashboards/queries/x.py", written)], records)) is is_seen


def test_constants_of_the_modules_hold_no_questions(records: set[str]) -> None:
    """A statement outside a function would not be seen by the rule."""
    for source in questions():
        outside = [n for n in ast.parse(source.text).body if isinstance(n, (ast.Assign, ast.AnnAssign))]
        assert not set(TABLE.findall("\n".join(map(ast.unparse, outside)))) & records, Path(source.path).name
