"""One catalogue in two languages: same keys, same places to fill, and every key that the code names exists.
Texts that come from the snapshot are not tested here."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from string import Formatter

import pytest
import streamlit
import yaml

from dashboards.bulletin.claims import Claim, compose
from dashboards.markup import grids
from dashboards.queries.evidence import SHOWN
from dashboards.texts import COUNTING, LANGUAGES, phrases, region_of, texts

ROOT = Path(__file__).parents[2]
CODE = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "dashboards").rglob("*.py"))
LITERAL = re.compile(r"""\bt\(\s*"([a-z_]+\.[a-z_]+)\"""")
COMPUTED = re.compile(r"""\bt\(\s*f"([a-z_]+)\.""")


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys() -> None:
    assert phrases("zh").keys() == phrases("en").keys()


def test_both_languages_fill_the_same_places() -> None:
    zh, en = phrases("zh"), phrases("en")
    assert {key: (places(zh[key]), places(en[key])) for key in zh if places(zh[key]) != places(en[key])} == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_phrase_is_empty(lang: str) -> None:
    assert [key for key, text in phrases(lang).items() if not text.strip()] == []


def test_english_phrases_are_in_english() -> None:
    assert {key: text for key, text in phrases("en").items() if re.search(r"[\u4e00-\u9fff]", text)} == {}


BARE = re.compile(
    r"\{(?!(?:level|peer_level|change_level|share)\})\w+\} (?:\w+ )?"
    r"(?:courts|indicators|items|cases|records|rows|requests|listings|receipts|suspensions|months|tables|files|checks)\b"
)


def test_an_english_number_of_things_has_both_forms() -> None:
    """`1 courts` is said nowhere: `{n:court|courts}` chooses the form that goes with the number."""
    named = {"{group}", "{place}", "{court}", "{indicator}", "{region}"}
    found = {key: BARE.findall(text) for key, text in phrases("en").items() if BARE.search(text)}
    bare = {key: [hit for hit in hits if hit.split(" ")[0] not in named] for key, hits in found.items()}
    assert {key: hits for key, hits in bare.items() if hits} == {}


@pytest.mark.parametrize(
    "amount, said", [(1, "1 court is"), ("1", "1 court is"), (0, "0 courts are"), ("1,234", "1,234 courts are")]
)
def test_a_number_chooses_its_form(amount: int | str, said: str) -> None:
    assert COUNTING.format("{n:court|courts} {n:-is|are}", n=amount) == said
    assert compose("{n:court|courts} {n:-is|are}", n=Claim("count", str(amount))).text == said


def test_every_key_that_the_code_names_exists() -> None:
    named = set(LITERAL.findall(CODE))
    assert len(named) > 100
    assert named - set(phrases("zh")) == set()


def test_every_section_that_the_code_builds_keys_from_exists() -> None:
    sections = {key.split(".")[0] for key in phrases("zh")}
    assert set(COMPUTED.findall(CODE)) - sections == set()


def test_every_column_that_a_list_of_records_may_show_has_a_name() -> None:
    assert {name for name in SHOWN if f"record.{name}" not in phrases("en")} == set()


def accepted_values() -> dict[tuple[str, str], list[str]]:
    """(model, column) → the codes that dbt accepts in it."""
    found = {}
    for file in (ROOT / "dbt_project" / "models" / "marts").rglob("*.yml"):
        for model in yaml.safe_load(file.read_text(encoding="utf-8")).get("models", []):
            for column in model.get("columns", []):
                for test in column.get("data_tests", []):
                    if isinstance(test, dict) and "accepted_values" in test:
                        found[model["name"], column["name"]] = test["accepted_values"]["arguments"]["values"]
    return found


@pytest.mark.parametrize(
    "model, column, section",
    [
        ("rpt_delivery_quality", "status", "delivery"),
        ("fct_court_indicators", "status", "status"),
        ("fct_court_indicators", "scope_code", "scope"),
        ("dim_events", "kind", "event"),
        ("dim_indicators", "direction", "direction"),
        ("dim_measures", "window_rule", "rule"),
        ("fct_court_indicators", "window_code", "window"),
    ],
)
def test_every_code_that_dbt_accepts_has_words(model: str, column: str, section: str) -> None:
    codes = accepted_values()[model, column]
    assert codes
    assert [code for code in codes if f"{section}.{code}" not in phrases("zh")] == []


@pytest.mark.parametrize(
    "seed, column, section",
    [
        ("measures", "unit", "unit"),
        ("measures", "extract_kind", "kind"),
        ("indicators", "unit", "unit"),
        ("indicators", "case_scope", "cases"),
        ("case_scopes", "case_scope", "cases"),
        ("windows", "window_code", "window"),
    ],
)
def test_every_code_of_a_seed_has_words(seed: str, column: str, section: str) -> None:
    with (ROOT / "dbt_project" / "seeds" / f"{seed}.csv").open(encoding="utf-8", newline="") as file:
        codes = {row[column] for row in csv.DictReader(file)}
    assert codes
    assert {code for code in codes if f"{section}.{code}" not in phrases("zh")} == set()


def test_every_kind_of_delivery_has_a_name() -> None:
    kinds = {file.stem for file in (ROOT / "pipelines" / "extracts" / "contracts").glob("*.toml")} - {"vocabularies"}
    assert len(kinds) > 10
    assert {kind for kind in kinds if f"kind.{kind}" not in phrases("zh")} == set()


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(KeyError):
        texts("fr")


def test_a_bilingual_text_is_halved_by_language() -> None:
    assert texts("zh").half("等权 | equal") == "等权"
    assert texts("en").half("等权 | equal") == "equal"
    assert texts("en").half("S12") == "S12"


@pytest.mark.parametrize("seed", ["indicators", "node_limits"])
def test_how_sure_a_definition_is_has_words(seed: str) -> None:
    with (ROOT / "dbt_project" / "seeds" / f"{seed}.csv").open(encoding="utf-8") as file:
        parts = {part for row in csv.DictReader(file) for part in row["confidence"].split(", ")}
    assert {part for part in parts if f"confidence.{part}" not in phrases("zh")} == set()


def test_heads_of_a_narrow_grid_stand_upright_in_chinese_and_are_turned_in_english() -> None:
    assert '<span class="g-han">' in grids.grid([("01 三个月内终本", "")], [], "", is_turned=True)
    assert "g-han" not in grids.grid([("01 Suspended early", "")], [], "", is_turned=True)


def test_the_words_of_streamlit_that_are_put_into_chinese_are_its_own() -> None:
    """A word that Streamlit no longer says would stay English on Chinese pages: its scripts hold every one of them."""
    own = Path(streamlit.__file__).parent / "static" / "static" / "js"
    scripts = "\n".join(file.read_text(encoding="utf-8", errors="ignore") for file in own.glob("*.js"))
    composed = {
        "The page that you have requested does not seem to exist. Running the app's main page.",
        "Press Enter to apply",
    }
    words = set(texts("zh").glossary("streamlit"))
    assert {"No results", "Select all", "Page not found"} < words
    assert {word for word in words - composed if word not in scripts} == set()
    assert all(word == said for word, said in texts("en").glossary("streamlit").items())


@pytest.mark.parametrize(
    ("court", "region"),
    [
        ("海滨省高级人民法院", "province"),
        ("北京市高级人民法院", "city"),
        ("内蒙古自治区高级人民法院", "region"),
        ("西宁市中级人民法院", "city"),
        ("海北藏族自治州中级人民法院", "prefecture"),
        ("新疆维吾尔自治区高级人民法院生产建设兵团分院", "region"),
        ("上海市第一中级人民法院", "area"),
        ("上海海事法院", "area"),
        ("", "area"),
    ],
)
def test_a_region_is_told_from_the_name_of_the_court_at_its_head(court: str, region: str) -> None:
    assert region_of(court) == region


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_municipality_is_called_no_province(lang: str) -> None:
    own, said = phrases(lang), texts(lang).of("city")
    assert texts(lang).of("province") is texts(lang)
    changed = {key: text for key in own if (text := said(key)) != own[key]}
    assert len(changed) > 20
    assert {key: text for key, text in changed.items() if "全省" in text or re.search(r"\bthe province\b", text)} == {}
    assert {key: places(text) for key, text in changed.items()} == {key: places(own[key]) for key in changed}
    left = {key for key in own if re.search(r"全省|本省|(?<!\{)\b[Pp]rovince\b", said(key))}
    assert left <= {"bar.province", "targets.references", "bulletin.targets_references"} | {
        key for key in own if key.startswith(("bulletin_region.", "whole."))
    }
