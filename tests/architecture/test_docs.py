"""The papers say what is there: file lists of recipes, tables, links, and what is made from the repository.
How the made papers are written belongs to papers.py."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from pipelines.extracts.contracts import KINDS
from pipelines.publication.public_models import public_models
from tests.architecture import papers
from tests.architecture.repository import ROOT, texts
from tests.conftest import attacks

PAPERS = sorted(path for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
RECIPES = sorted(path for path in (ROOT / "docs" / "how-to").glob("*.md") if path.name != "README.md")
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")
MOST_KINDS = 10
GOLDEN_DELIVERIES = "tests/golden/received_at.csv"
TRIED = re.compile(r"`(<\w+>)` (\w+)")


def listed(recipe: Path) -> list[str]:
    """The files of a recipe's last list, its placeholders filled with the values that it says were tried."""
    text = recipe.read_text(encoding="utf-8").split("## Files", 1)[1]
    files = re.findall(r"^- `([^`]+)`$", text, re.MULTILINE)
    for placeholder, value in TRIED.findall(text):
        files = [file.replace(placeholder, value) for file in files]
    return files


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda path: path.stem)
def test_a_recipe_lists_files_that_are_there(recipe: Path) -> None:
    files = listed(recipe)
    assert files
    assert [file for file in files if not (ROOT / file).is_file()] == []


def test_what_names_the_kinds_of_extracts_is_in_the_recipe_of_a_new_one() -> None:
    """A file that names most kinds has to name the next one too; what only measures need is in their own recipe."""
    words = {path: set(re.findall(r"\w+", text)) for path, text in texts(".py", ".sql", ".yml", ".toml", ".csv")}
    naming = {path for path, found in words.items() if len(found & set(KINDS)) >= MOST_KINDS}
    how_to = ROOT / "docs" / "how-to"
    told = {*listed(how_to / "add-an-extract-kind.md"), *listed(how_to / "add-an-indicator.md")}
    assert len(naming) > 10
    assert naming - told - {GOLDEN_DELIVERIES} == set()


def test_the_six_errands_have_their_recipe() -> None:
    index = (ROOT / "docs" / "how-to" / "README.md").read_text(encoding="utf-8")
    assert len(RECIPES) == 6
    assert all(f"({recipe.name})" in index for recipe in RECIPES)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_of_a_paper_leads_somewhere(paper: Path) -> None:
    missing = [link for link in LINK.findall(paper.read_text(encoding="utf-8")) if not (paper.parent / link).exists()]
    assert missing == []


def test_the_tests_that_security_names_are_there() -> None:
    named = attacks()
    assert len(named) > 20
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_decision_is_in_the_index_and_says_what_would_change_it() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    records = sorted(path for path in folder.glob("0*.md"))
    assert len(records) > 8
    for record in records:
        assert f"({record.name})" in index
        assert "**Decision.**" in record.read_text(encoding="utf-8")
        assert "**What would change it.**" in record.read_text(encoding="utf-8"), record.name


def test_tables_that_papers_name_are_published(manifest: dict[str, Any]) -> None:
    columns = {model.full_name: set(model.columns) for model in public_models(manifest)}
    for name in ("glossary.md", "consumer-contract.md"):
        text = (ROOT / "docs" / name).read_text(encoding="utf-8")
        for table, column in re.findall(r"`((?:core|performance|rankings)\.\w+)(?:\.(\w+))?`", text):
            assert table in columns, (name, table)
            assert not column or column in columns[table], (name, table, column)


def test_keys_of_the_consumer_contract_are_columns(manifest: dict[str, Any]) -> None:
    columns = {model.full_name: set(model.columns) for model in public_models(manifest)}
    text = (ROOT / "docs" / "consumer-contract.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `((?:core|performance|rankings)\.\w+)` \|[^|]+\| (.+) \|$", text, re.MULTILINE)
    assert len(rows) > 5
    for table, key in rows:
        assert set(re.findall(r"`(\w+)`", key)) <= columns[table], table


def test_the_picture_is_that_of_the_import_laws() -> None:
    assert papers.PICTURE.read_text(encoding="utf-8") == papers.picture()
    assert all((ROOT / folder).is_dir() for _, folders in papers.FLOORS for folder in folders)


def test_the_data_dictionary_is_that_of_the_models(manifest: dict[str, Any]) -> None:
    assert papers.DICTIONARY.read_text(encoding="utf-8") == papers.dictionary(manifest), (
        "see tests/architecture/papers.py"
    )
