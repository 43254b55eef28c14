"""What the README says is so: commands, paths, tables and settings exist, and the Chinese twin says the same.
Whether the commands work belongs to the integration tests."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.repository import ROOT, files, texts

README, TWIN = "README.md", "README.zh.md"
# Papers that are there in both languages, the English one first.
TWINS = (
    (README, TWIN),
    ("docs/analysts.md", "docs/analysts.zh.md"),
    ("docs/administration.md", "docs/administration.zh.md"),
)
PAPERS = [name for pair in TWINS for name in pair]
# Made by running the product: the README may speak of them, the repository may not hold them.
GENERATED = ("data/landing", "data/lake", "data/rejects", "data/warehouse", "data/published", "data/dagster", ".venv")
TOP = ("pipelines/", "dbt_project/", "dashboards/", "data/", "expectations/", "tests/", "docs/", ".ci/")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", text("Makefile"), re.M))


def make_commands(document: str) -> set[str]:
    return set(re.findall(r"\bmake ([a-z][a-z-]+)", "\n".join(code(document))))


def code(document: str) -> list[str]:
    """The fenced blocks and the spans in backticks."""
    fenced = re.findall(r"^```[^\n]*\n(.*?)^```", document, re.S | re.M)
    return fenced + re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", document, flags=re.S | re.M))


def paths(document: str) -> set[str]:
    """Paths from the root of the repository named in spans, without placeholders."""
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", document, flags=re.S | re.M))
    words = {word.rstrip("/.,;:)") for span in spans if not span.startswith("make ") for word in span.split()}
    return {w for w in words if f"{w}/".startswith(TOP) and not re.search(r"[<>{}$…=]", w)}


def missing_paths(document: str) -> list[str]:
    known = set(files()) | {str(parent) for f in files() for parent in Path(f).parents}
    return [
        path
        for path in sorted(paths(document))
        if not path.startswith(GENERATED) and path not in known and not any(Path(f).match(path) for f in known)
    ]


def missing_links(document: str, folder: Path = Path()) -> list[str]:
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", document)
    return [
        link
        for link in links
        if not link.startswith(("http:", "https:", "mailto:")) and not (ROOT / folder / link).exists()
    ]


def headings(document: str) -> list[int]:
    bare = re.sub(r"^```.*?^```", "", document, flags=re.S | re.M)
    return [len(marks) for marks in re.findall(r"^(#+) ", bare, re.M)]


@pytest.mark.parametrize("name", PAPERS)
def test_every_command_of_the_readme_is_in_the_makefile(name: str) -> None:
    assert make_commands(text(name)), "no command found"
    assert make_commands(text(name)) - make_targets() == set()


def test_every_command_for_users_is_in_the_readme() -> None:
    shown = set(re.findall(r"^([a-z]+):.*##", text("Makefile"), re.M)) - {"help", "setup"}
    assert shown - make_commands(text(README)) == set()


@pytest.mark.parametrize("name", PAPERS)
def test_every_path_and_link_of_the_readme_exists(name: str) -> None:
    assert missing_paths(text(name)) == []
    assert missing_links(text(name), Path(name).parent) == []


@pytest.mark.parametrize("name", [README, TWIN])
def test_every_module_run_in_the_readme_exists(name: str) -> None:
    modules = re.findall(r"python3? -m ([a-z_.]+)", text(name))
    known = set(files())
    wrong = [
        module
        for module in modules
        if module.split(".")[0] in ("pipelines", "tests", "dashboards", "expectations", "grammar")
        and not {f"{module.replace('.', '/')}.py", f"{module.replace('.', '/')}/__main__.py"} & known
    ]
    assert wrong == []


@pytest.mark.parametrize("name", PAPERS)
def test_every_table_and_setting_of_the_readme_exists(name: str) -> None:
    document = text(name)
    models = {Path(f).stem for f in files() if f.startswith("dbt_project/models/") and f.endswith(".sql")}
    tables = set(re.findall(r"\b(?:core|performance|rankings)\.([a-z]{3}_[a-z_]+)", document))
    assert tables - models == set()
    settings = set(re.findall(r"\bENFORCEMENT_[A-Z_]+", document))
    known = "\n".join(content for path, content in texts(".py", ".yml") if not path.startswith("tests/"))
    assert {setting for setting in settings if setting not in known} == set()


@pytest.mark.parametrize("names", TWINS)
def test_the_chinese_twin_says_the_same(names: tuple[str, str]) -> None:
    english, chinese = map(text, names)
    assert headings(english) == headings(chinese)
    assert make_commands(english) == make_commands(chinese)
    assert paths(english) == paths(chinese)
    assert len(re.findall(r"!\[", english)) == len(re.findall(r"!\[", chinese))


def test_the_readmes_name_each_other_and_show_pages() -> None:
    assert README in text(TWIN)
    assert TWIN in text(README)
    assert len(re.findall(r"!\[", text(README))) >= 2


def test_what_is_not_there_is_seen() -> None:
    document = "Run `make nothing`, see `pipelines/nowhere.py` and [this](docs/none.md).\n```\nmake neither\n```\n"
    assert make_commands(document) == {"nothing", "neither"}
    assert missing_paths(document) == ["pipelines/nowhere.py"]
    assert missing_links(document) == ["docs/none.md"]
    assert missing_paths("`pipelines/extracts/contracts/*.toml` `data/published/CURRENT` `data/README.md`") == []
