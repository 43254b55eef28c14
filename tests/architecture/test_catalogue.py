"""The lists that people edit fit together: contracts, vocabularies, measures, indicators, weights, courts.
What the figures come to belongs to the golden world and to dbt's tests."""

from __future__ import annotations

import csv
import re

import pytest

from pipelines.extracts.contracts import KINDS, Contract, contracts, vocabulary
from tests.architecture.conftest import Manifest
from tests.architecture.repository import ROOT

CATALOGUE = {f"QX{n:02d}" for n in range(1, 27)} | {f"SX{n:02d}" for n in range(1, 36)}
FORMULA_COLUMNS = ("numerator_measure", "denominator_measure", "count_measure")


def seed(name: str) -> list[dict[str, str]]:
    with (ROOT / "dbt_project/seeds" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def test_every_recommended_and_supplementary_indicator_is_in_the_catalogue() -> None:
    assert CATALOGUE - {row["indicator_code"] for row in seed("indicators")} == set()


def undefined(indicators: list[dict[str, str]], measures: set[str]) -> set[tuple[str, str]]:
    """(indicator, measure) of every card that names a measure nobody defined, or leaves one out."""
    used = {
        (row["indicator_code"], row[column])
        for row in indicators
        for column in FORMULA_COLUMNS
        if row[column] or row["denominator_kind"] not in ("none", "derived")
    }
    return {(indicator, measure) for indicator, measure in used if measure not in measures}


def test_every_indicator_divides_measures_that_exist() -> None:
    known = {row["measure_code"] for row in seed("measures")}
    cards = seed("indicators")
    assert undefined(cards, known) == set()
    for column in FORMULA_COLUMNS:
        broken = cards[0] | {column: "no_such_measure"}
        assert undefined([*cards[1:], broken], known) == {(broken["indicator_code"], "no_such_measure")}


def test_a_card_that_names_no_measure_fails_the_build(manifest: Manifest) -> None:
    """The same rule where data is built: dbt's relationship tests on the cards, as errors and for every row."""
    held = {
        node["column_name"]
        for node in manifest["nodes"].values()
        if node.get("test_metadata", {}).get("name") == "relationships"
        and node["attached_node"] == "model.enforcement.dim_indicators"
        and "dim_measures" in node["test_metadata"]["kwargs"]["to"]
        and node["config"]["severity"].lower() == "error"
        and node["config"]["enabled"]
        and not node["config"]["where"]
    }
    assert held == set(FORMULA_COLUMNS)


@pytest.mark.parametrize(
    "proof",
    ["every_limit_that_a_model_names_holds_once_on_every_date_of_the_data", "limits_of_one_code_do_not_overlap",
     "every_limit_is_in_a_unit_that_models_handle", "a_limit_of_time_is_a_whole_number_of_units"],
)  # fmt: skip
def test_a_limit_that_does_not_resolve_fails_the_build(manifest: Manifest, proof: str) -> None:
    """What the tests find is shown in tests/unit/catalogue; here, that dbt runs them as errors and on every row."""
    (found,) = [node for node in manifest["nodes"].values() if node["name"] == proof]
    assert (found["config"]["severity"].lower(), found["config"]["enabled"]) == ("error", True)
    assert not found["config"]["where"]


# Steps of the calendar: a month is compared with the one a year before, and a docket is that of a calendar year.
CALENDAR_STEPS = {"fct_court_indicators.sql": ["12"], "int_checks__empty_dockets.sql": ["-11"]}


def written_out(sql: str) -> list[str]:
    """Numbers of days, months or years, other than one, that a model adds to a date by itself."""
    counts = re.findall(r"dateadd\(\s*'\w+',\s*'?(-?\d+)\b|working_day_number \+ (\d+)", sql)
    return [count for pair in counts for count in pair if count.lstrip("-") not in ("", "1")]


def test_no_model_writes_a_limit_out_that_a_seed_should_say() -> None:
    assert written_out("{{ dbt.dateadd('month', 3, 'filed_date') }}") == ["3"]
    assert written_out("{{ dbt.dateadd('month', '6 * digit', 'd') }} working_day_number + 3") == ["6", "3"]
    folder = ROOT / "dbt_project/models"
    found = {path.name: written_out(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.sql"))}
    assert {name: counts for name, counts in found.items() if counts} == CALENDAR_STEPS


def declared(manifest: Manifest) -> dict[str, str]:
    """Measure → the fact that declares it."""
    return {
        measure["code"]: node["name"]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model"
        for measure in node["config"]["meta"].get("measures", [])
    }


def test_every_measure_is_computed_somewhere(manifest: Manifest) -> None:
    """A measure that is only named would be nought everywhere, and nobody would see it."""
    folder = ROOT / "dbt_project/models/marts/performance"
    written = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.sql")))
    parts = {row["measure_code"] for row in seed("measure_parts")}
    quoted = set(re.findall(r"'([a-z_]+)'", written))
    known = {row["measure_code"] for row in seed("measures")}
    assert known - quoted - parts - set(declared(manifest)) == set()
    assert set(declared(manifest)) - known == set(), "declared without a row in the catalogue"
    assert len(declared(manifest)) >= 90


def test_every_indicator_counts_in_a_scope_that_exists() -> None:
    scopes = {row["case_scope"] for row in seed("case_scopes")}
    assert {row["indicator_code"] for row in seed("indicators") if row["case_scope"] not in scopes} == set()


def test_a_derived_indicator_says_what_it_is_derived_from() -> None:
    derived = {row["indicator_code"] for row in seed("indicators") if row["denominator_kind"] == "derived"}
    assert derived == {row["indicator_code"] for row in seed("derived_indicators")}


def test_every_card_is_whole_in_both_languages() -> None:
    """The card's columns: domain notes, section 3.1."""
    stems = ("name", "short_name", "formula", "definition", "numerator", "denominator", "window_rule", "how_to_read",
             "how_to_improve", "disputes", "roll_up", "as_of_rule", "goal")  # fmt: skip
    empty = [
        (row["indicator_code"], f"{stem}_{language}")
        for row in seed("indicators")
        for stem in stems
        for language in ("zh", "en")
        if not row[f"{stem}_{language}"].strip()
    ]
    assert empty == []
    assert [r["indicator_code"] for r in seed("indicators") if not (r["source"] and r["confidence"])] == []


def test_an_alternative_reading_is_never_ranked_and_never_weighs() -> None:
    alternatives = {row["indicator_code"]: row for row in seed("indicators") if row["variant_of"]}
    weights = {row["indicator_code"]: float(row["weight"]) for row in seed("indicator_weights")}
    assert alternatives
    assert {code for code, row in alternatives.items() if row["direction"] != "monitor" or weights[code]} == set()
    chosen = {row["indicator_code"]: row["chosen_code"] for row in seed("definition_choices")}
    assert {row["variant_of"] for row in alternatives.values()} == set(chosen), "an open question without a choice"


def test_the_sets_of_the_sources_are_whole() -> None:
    members = seed("indicator_set_members")
    size = {row["set_code"]: 0 for row in seed("indicator_sets")}
    for row in members:
        size[row["set_code"]] += 1
    assert size["PROJ26"] == 26
    assert size["EXPORT19"] == 19
    core = {r["indicator_code"]: (r["target_value"], r["is_veto"]) for r in members if r["set_code"] == "CORE3P1"}
    assert core == {"QX19": ("0.9", "true"), "QX17": ("0.9", "true"), "QX20": ("0.9", "true"), "QX21": ("0.8", "false")}


def test_every_weight_belongs_to_an_indicator_and_a_watched_one_weighs_nothing() -> None:
    direction = {row["indicator_code"]: row["direction"] for row in seed("indicators")}
    weights = {row["indicator_code"]: float(row["weight"]) for row in seed("indicator_weights")}
    assert set(weights) <= set(direction)
    assert {code for code, weight in weights.items() if direction[code] == "monitor" and weight} == set()
    assert sum(weights.values()) > 0


def test_a_definition_begins_with_the_limit_it_judges_by() -> None:
    """The second standard of payment and the chosen term of petitions are dated in their own seeds."""
    begins = {(r["indicator_code"], r["definition_version"]): r["valid_from"] for r in seed("indicators")}
    clocks = {r["valid_from"] for r in seed("node_limits") if r["node_code"] in ("N25a", "N25b") and r["limit_value"]}
    chosen = {r["valid_from"] for r in seed("limit_choices") if r["chosen_code"]}
    assert {begins["QX24", "2"]} == clocks
    assert begins["QX20", "2"] == min(chosen)


def test_no_target_is_invented() -> None:
    """A target has a source: thresholds that were never published stay empty (domain notes, section 10 no. 11)."""
    rows = [r for r in seed("indicators") if r["target_value"] or r["interval_low"] or r["interval_high"]]
    assert [r["indicator_code"] for r in rows if not r["source"] or "not published" in r["target_source"]] == []


def test_every_measure_says_once_which_records_prove_it(manifest: Manifest) -> None:
    """A plain sum on its fact, any other in the catalogue; nowhere twice."""
    plain = declared(manifest)
    wrong = [
        row["measure_code"]
        for row in seed("measures")
        if row["window_rule"] not in {"first", "sum", "last", "recompute", "parts"}
        or row["extract_kind"] not in KINDS
        or bool(re.fullmatch(r"fct_[a-z_]+", row["record_table"]) and row["record_key"])
        is (row["measure_code"] in plain)
    ]
    assert wrong == []


def test_measure_names_and_indicator_names_are_in_both_languages() -> None:
    rows = seed("measures") + seed("indicators")
    assert [r for r in rows if not re.search(r"[\u4e00-\u9fff]", r["name_zh"]) or not r["name_en"].strip()] == []


def test_the_catalogue_holds_no_court_and_no_figure_of_a_province() -> None:
    assert [name for name in ("courts", "court_aliases", "published_figures") if seed(name)] == []


def test_courts_of_the_sample_hang_on_courts_that_exist_and_the_province_has_one_root() -> None:
    with (ROOT / "pipelines/samples/qinghai/settings/courts.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    codes = {row["court_code"] for row in rows}
    parent = "parent_court_code" if "parent_court_code" in rows[0] else "parent_code"
    assert [r["court_code"] for r in rows if r[parent] and r[parent] not in codes] == []
    assert len(codes) == len(rows)
    qinghai = [r for r in rows if r["court_code"].startswith("T") or r["court_code"] == "UNK-QHRAIL"]
    assert {level: sum(r["level"] == level for r in qinghai) for level in ("high", "intermediate", "basic")} == {
        "high": 1, "intermediate": 8, "basic": 46,
    }  # fmt: skip


@pytest.mark.parametrize("contract", contracts(), ids=lambda contract: contract.kind)
def test_a_contract_is_whole(contract: Contract) -> None:
    names = [column.name for column in contract.columns]
    spellings = [s for column in contract.columns for s in column.spellings]
    assert len(set(names)) == len(names)
    assert len(set(spellings)) == len(spellings), "two columns answer to one header"
    assert {contract.column(key).name for key in contract.key} == set(contract.key)
    assert all(vocabulary(c.vocabulary) for c in contract.columns if c.vocabulary)
    assert all(c.vocabulary for c in contract.columns if c.type == "code")
    assert all(re.search(r"[\u4e00-\u9fff]", c.header) and c.en for c in contract.columns)
    for rule in contract.row_rules:
        assert {rule.requires, rule.needs} <= set(names)


def test_no_two_terms_of_a_vocabulary_answer_to_one_spelling() -> None:
    names = {c.vocabulary for contract in contracts() for c in contract.columns if c.vocabulary}
    for name in names:
        spellings = [s for term in vocabulary(name) for s in (term.value, *term.aliases)]
        assert len(set(spellings)) == len(spellings), name
