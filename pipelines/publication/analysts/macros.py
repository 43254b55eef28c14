"""Writes the analysts' table macros into a snapshot; which records prove a measure is read from the snapshot itself.
The macros that need no such reading are in macros.sql; copying tables and sealing the file are done elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from string import Template

import duckdb

from pipelines.quoting import literal, quoted

HERE = Path(__file__).parent
NEEDED = {
    "dim_courts", "dim_court_scopes", "dim_months", "dim_window_months", "dim_indicators", "dim_measures",
    "dim_measure_parts", "dim_case_scope_members",
}  # fmt: skip
FIRST, LAST = "window_start(snapshot_month(at_month), in_window)", "snapshot_month(at_month)"
# The rules of core.dim_measures.evidence_rule, as conditions on a record.
INSIDE = {
    "event": "$month between $first and $last and coalesce($value, 0) <> 0",
    "distinct": "$month between $first and $last",
    "opening": "filed_month < $first and (closed_month is null or closed_month >= $first)",
    "pending": "filed_month <= $last and (closed_month is null or closed_month > $last)",
    "accepted": "filed_month <= $last and (closed_month is null or closed_month >= $first)",
    "state": "$month = $last",
    "span": "$month <= $last and ($until is null or $until > $last)",
    "span_opening": "$month < $first and ($until is null or $until >= $first)",
}
# Kept as text too: DuckDB does not give back the defaults of a macro's parameters.
KEPT = """
create schema if not exists catalogue;
create table catalogue.dim_macros (sort_order integer not null, statement varchar not null);
comment on table catalogue.dim_macros is '分析宏的定义 | Definitions of the macros for analysts';
comment on column catalogue.dim_macros.sort_order is '建立顺序 | Order in which they are made';
comment on column catalogue.dim_macros.statement is '语句 | Statement';
"""
COURT_CASES = "court, code, side := 'numerator', in_window := 'month', at_month := null, in_scope := 'own'"
MEASURE_CASES = "court, code, in_case_scope := null, in_window := 'month', at_month := null, in_scope := 'own'"
# Courts of this snapshot, to be tried out as they stand.
EXAMPLES = """
select coalesce(min(case level when 'basic' then court_code end), min(court_code)),
       coalesce(min(case level when 'intermediate' then court_code end), min(court_code)) from core.dim_courts
"""
COMMENTS = {
    "indicator": "一项指标的全部发布值：from indicator('QX02', in_window := 'ytd') | All published values",
    "ranking": "一次排名：from ranking('COMPOSITE', at_month := '2019-12') | One ranking, as the leaderboard shows it",
    "measure": "一项计量的各月数值：from measure('new_cases') | The monthly values of a measure",
    "case_types_of": "案件范围包括哪些案件类型：from case_types_of('implementation') | The case types of a case scope",
    "court_members": "法院在某范围内包括哪些法院：from court_members({above}, in_scope := 'jurisdiction') | "
    "The courts that count for a court in a scope",
    "court_cases": "某法院某指标分子或分母的记录：from court_cases({court}, 'QX02', 'numerator', in_window := 'ytd') | "
    "The records behind an indicator's numerator or denominator; sum(counted) or count(distinct counted_key) gives it",
    "measure_cases": "某法院某计量的记录：from measure_cases({court}, 'new_cases') | The records behind a measure",
}


@dataclass(frozen=True)
class Proof:
    """How core.dim_measures proves a measure, and which columns its record table has."""

    measure: str
    table: str
    rule: str
    key: str
    month: str | None
    value: str
    until: str | None
    is_case_based: bool
    columns: frozenset[str] = frozenset()


def create(connection: duckdb.DuckDBPyConnection) -> None:
    """Create every macro in the database that is open for writing; none where there is no catalogue of indicators."""
    present = connection.execute("select table_name from duckdb_tables() where schema_name = 'core'").fetchall()
    if not {name for (name,) in present} >= NEEDED:
        return
    connection.execute(KEPT)
    for number, statement in enumerate(_statements(connection)):
        connection.execute(statement)
        connection.execute("insert into catalogue.dim_macros values (?, ?)", [number, statement])
    court, above = connection.execute(EXAMPLES).fetchall()[0]
    for name, text in COMMENTS.items():
        said = literal(text.format(court=literal(court or ""), above=literal(above or "")))
        connection.execute(f"comment on macro table {name} is {said}")


def _statements(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The definitions of all macros, in an order in which they can be made."""
    fixed = [found.query for found in duckdb.extract_statements((HERE / "macros.sql").read_text(encoding="utf-8"))]
    template = Template((HERE / "branch.sql").read_text(encoding="utf-8"))
    proofs = _proofs(connection)
    sides = connection.execute((HERE / "sides.sql").read_text(encoding="utf-8")).fetchall()
    of_indicators = [
        _branch(template, proof, _chosen_side(code, side, since, until), literal(scope))
        for code, side, measure, scope, since, until in sides
        for proof in proofs.get(measure, [])
    ]
    of_measures = [
        _branch(template, proof, f"code = {literal(name)}", "in_case_scope")
        for name, parts in proofs.items()
        for proof in parts
    ]
    cases = (("court_cases", COURT_CASES, of_indicators), ("measure_cases", MEASURE_CASES, of_measures))
    return [
        *fixed,
        *(
            f"create or replace macro {name}({parameters}) as table\n" + "union all\n".join(branches)
            for name, parameters, branches in cases
            if branches
        ),
    ]


def _proofs(connection: duckdb.DuckDBPyConnection) -> dict[str, list[Proof]]:
    """Measure → its proof, or the proofs of the measures it is the sum of; none when a part cannot be shown."""
    columns: dict[str, set[str]] = {}
    for table, column in connection.execute(
        "select table_name, column_name from duckdb_columns() where schema_name = 'core'"
    ).fetchall():
        columns.setdefault(table, set()).add(column)
    rows = connection.execute((HERE / "proofs.sql").read_text(encoding="utf-8")).fetchall()
    own = {
        row[0]: replace(Proof(*row[:-1]), columns=frozenset(columns.get(row[1], set())))
        for row in rows
        if row[2] in INSIDE
    }
    summed = {row[0]: row[-1].split(",") for row in rows if row[0] not in own and row[-1]}
    parts = {name: [own[part] for part in of if part in own] for name, of in summed.items() if set(of) <= set(own)}
    return {name: [proof] for name, proof in own.items()} | parts


def _branch(template: Template, proof: Proof, chosen: str, case_scope: str) -> str:
    """One measure's records. `chosen` and `case_scope` are SQL: a condition, and a literal or the macro's parameter."""
    month = quoted(proof.month) if proof.month else "null"
    until = quoted(proof.until) if proof.until else "cast(null as date)"
    is_distinct = proof.rule == "distinct"
    inside = Template(INSIDE[proof.rule]).substitute(
        month=month, until=until, value=quoted(proof.value), first=FIRST, last=LAST
    )
    return template.substitute(
        measure=literal(proof.measure),
        table=literal(proof.table),
        relation=quoted(proof.table),
        key=quoted(proof.key),
        month=f"cast({month} as date)",
        counted="cast(null as decimal(24, 2))" if is_distinct else f"cast({quoted(proof.value)} as decimal(24, 2))",
        counted_key=f"cast({quoted(proof.value)} as varchar)" if is_distinct else "cast(null as varchar)",
        chosen=chosen,
        inside=inside,
        of_scope=_of_scope(case_scope) if proof.is_case_based else "true",
        **{name: _optional(name, proof.columns) for name in ("case_id", "case_number", "case_type")},
    )


def _of_scope(case_scope: str) -> str:
    return f"({case_scope} is null or case_type in (from case_types_of({case_scope})))"


def _chosen_side(code: str, side: str, since: object, until: object) -> str:
    """The version of an indicator that is in force in the asked month."""
    dated = f"{LAST} >= date {literal(str(since))}" + (f" and {LAST} < date {literal(str(until))}" if until else "")
    return f"code = {literal(code)} and side = {literal(side)} and {dated}"


def _optional(name: str, columns: frozenset[str]) -> str:
    return quoted(name) if name in columns else "cast(null as varchar)"
