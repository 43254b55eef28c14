"""The dbt project keeps the conventions of the house, seen in the manifest that dbt makes of it.
Each rule is also shown a model that breaks it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines.extracts.contracts import contracts
from tests.architecture import dbt_rules
from tests.architecture.dbt_rules import Model
from tests.architecture.repository import ROOT

Rule = Callable[[list[Model]], list[str]]

# contract column → its name from staging on
RENAMED = {"count": "activity_count"}
DELIVERED = frozenset(column.name for contract in contracts() for column in contract.columns)


def ill_named_columns(found: list[Model]) -> list[str]:
    return dbt_rules.ill_named_columns(found, DELIVERED)


RULES: tuple[Rule, ...] = (
    dbt_rules.misnamed, dbt_rules.upward, dbt_rules.sources_above_staging, dbt_rules.undescribed,
    dbt_rules.open_or_loose, dbt_rules.personal, ill_named_columns, dbt_rules.one_name_two_types,
)  # fmt: skip


@pytest.fixture(scope="module")
def found(manifest: dict[str, Any]) -> list[Model]:
    made = dbt_rules.models(manifest)
    assert len(made) > 40, "the manifest is nearly empty"
    return made


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_no_model_breaks_the_rule(found: list[Model], rule: Rule) -> None:
    assert rule(found) == []


def public(path: str = "marts/core/fct_x.sql", **columns: str) -> Model:
    described = {name: (kind, "列 | Column") for name, kind in columns.items()} or {"a_id": ("varchar", "列 | Column")}
    return Model(path, "表 | Table", "public", contracted=True, columns=described)


@pytest.mark.parametrize(
    "rule, broken",
    [
        (dbt_rules.misnamed, [Model("marts/core/cases.sql")]),
        (dbt_rules.misnamed, [Model("intermediate/cases/int_cases.sql")]),
        (dbt_rules.misnamed, [Model("elsewhere/int_cases_joined.sql")]),
        (dbt_rules.upward, [Model("marts/core/fct_x.sql", refs=("marts/rankings/rpt_y.sql",))]),
        (dbt_rules.upward, [Model("staging/a/stg_a__x.sql", refs=("staging/a/stg_a__y.sql",))]),
        (dbt_rules.upward, [Model("marts/performance/measures/int_measures__a.sql",
                                  refs=("marts/performance/measures/int_measures__b.sql",))]),
        (dbt_rules.upward, [Model("marts/rankings/checks/int_checks__a.sql",
                                  refs=("marts/rankings/checks/int_checks__b.sql",))]),
        (dbt_rules.upward, [Model("marts/rankings/checks/int_checks__a.sql", refs=("marts/rankings/rpt_b.sql",))]),
        (dbt_rules.sources_above_staging, [Model("marts/core/fct_x.sql", sources=("source.x",))]),
        (dbt_rules.undescribed, [Model("marts/core/fct_x.sql", description="A table")]),
        (dbt_rules.undescribed, [Model("marts/core/fct_x.sql", "表 | Table", columns={"a": ("date", "列")})]),
        (dbt_rules.undescribed, [Model("intermediate/a/int_x_known.sql", "Table")]),
        (dbt_rules.open_or_loose, [Model("marts/core/fct_x.sql", access="public")]),
        (dbt_rules.open_or_loose, [Model("staging/a/stg_a__x.sql", access="public")]),
        (dbt_rules.open_or_loose, [public(a_id="")]),
        (dbt_rules.personal, [public(person_hash="varchar")]),
        (ill_named_columns, [public(closed="boolean")]),
        (ill_named_columns, [public(paid_amount_share="date")]),
        (ill_named_columns, [public(due_amount="double")]),
        (ill_named_columns, [public(CourtCode="varchar")]),
        (ill_named_columns, [public(_delivery="varchar")]),
        (dbt_rules.one_name_two_types, [public(n_count="bigint"), public("marts/core/fct_y.sql", n_count="integer")]),
    ],
)  # fmt: skip
def test_the_rule_sees_what_breaks_it(rule: Rule, broken: list[Model]) -> None:
    assert rule(broken) != []


def test_a_model_that_keeps_every_rule_is_let_through() -> None:
    kept = public(court_code="varchar", period_month="date", is_closed="integer", paid_amount="decimal(24, 2)")
    assert [rule([kept]) for rule in RULES] == [[]] * len(RULES)


def test_every_model_has_its_yaml_beside_it_under_its_own_name() -> None:
    models = sorted((ROOT / "dbt_project/models").rglob("*.sql"))
    assert models
    assert [p.name for p in models if not p.with_suffix(".yml").exists()] == []


def test_every_model_ends_with_select_from_final() -> None:
    models = sorted((ROOT / "dbt_project/models").rglob("*.sql"))
    assert [p.name for p in models if p.read_text("utf-8").rstrip().splitlines()[-1] != "select * from final"] == []


def test_models_use_no_sql_that_ties_them_to_one_engine() -> None:
    """What a distributed engine lacks, and sqlglot passes silently (house: portable SQL)."""
    bound = re.compile(
        r"\bqualify\b|\bfilter\s*\(\s*where|\basof\b|\bpivot\b|group by all|\bexclude\s*\(|\bstruct_|list_", re.I
    )
    found = [
        f"{p.name}: {hit.group()}"
        for p in sorted((ROOT / "dbt_project/models").rglob("*.sql"))
        for hit in bound.finditer(re.sub(r"--[^\n]*|\{#.*?#\}", "", p.read_text("utf-8"), flags=re.S))
    ]
    assert found == []
    assert bound.search("select x from y qualify row_number() over () = 1")


def selected(model: Model) -> set[str]:
    """The words of a model's SQL: a column it carries is among them."""
    return set(re.findall(r"\w+", (ROOT / "dbt_project/models" / model.path).read_text(encoding="utf-8")))


def test_every_kind_of_extract_is_a_source_with_a_staging_model_that_carries_its_columns(
    manifest: dict[str, Any], found: list[Model]
) -> None:
    tables = {node["name"]: uid for uid, node in manifest["sources"].items()}
    wrong = []
    for contract in contracts():
        carried = {RENAMED.get(c.name, c.name) for c in contract.columns if not c.personal}
        own = [
            m
            for m in found
            if tables.get(contract.kind, "-") in m.sources and m.path.startswith("staging/") and carried <= selected(m)
        ]
        if not own:
            wrong.append(contract.kind)
    assert wrong == []


def test_a_text_that_two_tables_have_in_common_is_written_once() -> None:
    """In models/columns.md, from where each of them takes it; a text of one table stands beside its column."""
    models = ROOT / "dbt_project/models"
    blocks = re.findall(r"\{% docs (\w+) %\}(.*?)\{% enddocs %\}", (models / "columns.md").read_text("utf-8"))
    taken, written = Counter[str](), Counter[tuple[str, str]]()
    for file in sorted((models / "marts").rglob("*.yml")):
        for model in yaml.safe_load(file.read_text("utf-8")).get("models", ()):
            for column in model.get("columns", []):
                asked = re.fullmatch(r"\{\{ doc\('(\w+)'\) \}\}", column.get("description", ""))
                if asked:
                    taken[asked[1]] += 1
                elif "description" in column:
                    written[column["name"], column["description"]] += 1
    assert [text for text, count in written.items() if count > 1] == []
    assert {name for name, _ in blocks} == set(taken)
    assert [name for name, count in taken.items() if count < 2] == []


def test_private_yaml_says_only_what_is_tested() -> None:
    models = ROOT / "dbt_project/models"
    private = [f for f in sorted(models.rglob("*.yml")) if not str(f.relative_to(models)).startswith(dbt_rules.PUBLIC)]
    untested = [
        f"{file.stem}: {column['name']}"
        for file in private
        for model in yaml.safe_load(file.read_text("utf-8")).get("models", [])
        for column in model.get("columns", [])
        if "data_tests" not in column
    ]
    assert len(private) > 80
    assert untested == []


def test_every_table_that_is_published_is_tested_for_its_grain(manifest: dict[str, Any]) -> None:
    """A public fact or dimension has a data test of uniqueness: its key is a promise."""
    tested = {
        ref
        for node in manifest["nodes"].values()
        if node["resource_type"] == "test" and re.search(r"unique", node["name"])
        for ref in node["depends_on"]["nodes"]
    }
    facts = [
        uid
        for uid, node in manifest["nodes"].items()
        if node["resource_type"] == "model"
        and node["access"] == "public"
        and Path(node["path"]).name[:3] in ("fct", "dim")
    ]
    assert [uid for uid in facts if uid not in tested] == []
