"""How files look: length, names, skipped tests, silenced linters, what may not be in the repository.
What ruff, mypy and sqlfluff can see belongs to `make lint`."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.architecture.repository import ROOT, files, sources, texts

LONGEST = 300
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "base", "stuff"}
CODE = (".py", ".sql", ".yml", ".yaml", ".toml", ".css", ".md")
# Data, not code: a list of facts is as long as the facts are.
FACTS = ("requirements.lock", "dbt_project/seeds/", "pipelines/extracts/contracts/", "docs/data-dictionary.md")

SKIPS = re.compile(r"\b(?:pytest\.skip\(|mark\.skip|mark\.xfail|pytest\.xfail\(|importorskip|unittest\.skip)")
SILENCED = re.compile(r"#\s*(?:noqa|type:\s*ignore|pragma:|nosec)[^\n]*")
REASON = re.compile(r"#\s*(?:noqa:\s*[A-Z0-9, ]+|type:\s*ignore\[[a-z0-9, -]+\])\s*(?:#|-|–|—|:)\s*\S{3,}")
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|Users|root|work|tmp|mnt|workspace)/[\w.-]+")
REGISTRY = re.compile(r"\b(?:pypi\.org|pythonhosted\.org|registry\.npmjs|index-url|extra-index|proxy\.golang)", re.I)
KEPT = "tests/faults/corpus/"  # deliveries that once broke receiving, of any format
GENERATED = re.compile(
    r"(?:^|/)(?:__pycache__|target|dbt_packages|node_modules|\.venv|\.pytest_cache|\.ruff_cache|\.mypy_cache)/"
    r"|\.(?:pyc|duckdb|duckdb\.wal|parquet|db|sqlite|log)$|^data/(?!README\.md$)|^dbt_project/logs/|(?:^|/)\.user\.yml$"
    r"|(?:^|/)(?:uv\.lock|package-lock\.json|poetry\.lock)$"
)

# Methods that a library calls by their name.
OVERRIDDEN = {"get_asset_key", "get_group_name", "get_asset_check_spec", "get_completions", "xpath_class", "xpath_hash"}


def defined_for_nobody(modules: list[tuple[str, str]], everything: list[str]) -> list[str]:
    """Functions and classes whose name stands nowhere but where they are defined; decorated ones are registered."""
    named = Counter(word for text in everything for word in set(re.findall(r"\w+", text)))
    within = {path: Counter(re.findall(r"\w+", text)) for path, text in modules}
    return [
        f"{path}: {node.name}"
        for path, text in modules
        for node in ast.walk(ast.parse(text))
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.decorator_list
        if not node.name.startswith(("__", "says_")) and node.name not in OVERRIDDEN
        if named[node.name] == within[path][node.name] == 1
    ]


def too_long(listed: list[tuple[str, str]]) -> list[str]:
    return [
        f"{path}: {len(text.splitlines())} lines"
        for path, text in listed
        if not path.startswith(FACTS) and len(text.splitlines()) > LONGEST
    ]


def names_that_say_nothing(paths: tuple[str, ...]) -> list[str]:
    return [p for p in paths if EMPTY_NAMES & {Path(part).stem for part in Path(p).parts}]


def skipped(listed: list[tuple[str, str]]) -> list[str]:
    return [f"{path}: {hit.group()}" for path, text in listed for hit in SKIPS.finditer(text)]


def silenced_without_reason(listed: list[tuple[str, str]]) -> list[str]:
    return [
        f"{path}: {hit.group()}"
        for path, text in listed
        for hit in SILENCED.finditer(text)
        if not REASON.match(hit.group())
    ]


def of_one_machine(listed: list[tuple[str, str]]) -> list[str]:
    return [
        f"{path}: {hit.group()}"
        for path, text in listed
        for pattern in (MACHINE_PATH, REGISTRY)
        for hit in pattern.finditer(text)
    ]


def others(*suffixes: str) -> list[tuple[str, str]]:
    """Texts of the repository but for this module, whose patterns would find themselves."""
    return [(path, text) for path, text in texts(*suffixes) if path != "tests/architecture/test_files.py"]


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    assert too_long(texts(*CODE)) == []
    assert too_long([("pipelines/long.py", "x = 1\n" * 301)]) != []


def test_no_module_is_named_after_nothing() -> None:
    assert names_that_say_nothing(files()) == []
    assert names_that_say_nothing(("pipelines/helpers/x.py", "dashboards/utils.py")) != []


def test_no_test_is_skipped() -> None:
    assert skipped([(p, t) for p, t in others(".py") if p.startswith("tests/")]) == []
    assert skipped([("tests/x.py", "@pytest.mark.skipif(True)")]) != []


def test_no_linter_is_silenced_without_a_reason() -> None:
    assert silenced_without_reason(others(".py", ".sql")) == []


@pytest.mark.parametrize(
    "line, bad",
    [
        ("x = 1  # noqa", True),
        ("x = 1  # noqa: S608", True),
        ("x = 1  # type: ignore", True),
        ("x = 1  # type: ignore[attr-defined]", True),
        ("x = 1  # noqa: S608 - the names come from the catalogue", False),
        ("x = 1  # type: ignore[attr-defined]  # set by the C extension", False),
    ],
)
def test_a_reason_is_told_from_none(line: str, bad: bool) -> None:
    assert bool(silenced_without_reason([("x.py", line)])) is bad


def test_nothing_is_bound_to_one_machine_or_registry() -> None:
    assert of_one_machine(others()) == []


@pytest.mark.parametrize("line", ["see /home/somebody/data", "cache: /tmp/enforcement", "--index-url https://x"])
def test_a_path_of_one_machine_is_seen(line: str) -> None:
    assert of_one_machine([("x.md", line)]) != []


def test_nothing_generated_is_in_the_repository() -> None:
    assert [path for path in files() if GENERATED.search(path) and not path.startswith(KEPT)] == []
    assert all(
        GENERATED.search(path)
        for path in ("data/lake/cases/x.parquet", "dbt_project/target/manifest.json", "a/__pycache__/b.pyc", "uv.lock")
    )


def test_every_module_says_what_belongs_in_it_and_what_does_not() -> None:
    """Two sentences at least: the house asks for what belongs here and what does not."""
    poor = []
    for source in sources("pipelines/", "expectations/", "dashboards/", "grammar/"):
        if not source.text.strip():
            continue
        docstring = re.match(r'\s*(?:#[^\n]*\n)*\s*"""(.*?)"""', source.text, re.S)
        sentences = re.findall(r"[.。;](?:\s|$)", docstring.group(1).strip() + "\n") if docstring else []
        if len(sentences) < 2 and not source.path.endswith("__init__.py"):
            poor.append(source.path)
    assert poor == []


def test_the_top_level_holds_what_the_user_fixed_and_what_tools_need() -> None:
    fixed = {"pipelines", "dbt_project", "dashboards", "data", "expectations", "tests", "pyproject.toml", "README.md"}
    needed = {"README.zh.md", "Makefile", "requirements.lock", ".gitignore", ".gitattributes", ".ci", "docs"}
    needed |= {"grammar"}  # what both sides of the import law read texts by: decision 14
    needed |= {"deploy"}  # what a machine without this repository's tools is set up with
    needed |= {"CONTRIBUTING.md", "CHANGELOG.md", ".pre-commit-config.yaml"}
    found = {path.split("/")[0] for path in files()}
    assert fixed <= found | {name for name in fixed if (ROOT / name).exists()}
    assert found - fixed - needed == set()


def test_nothing_is_defined_that_nobody_names() -> None:
    modules = [(source.path, source.text) for source in sources() if not source.path.startswith("tests/")]
    everything = [text for path, text in texts(".py", ".toml", ".sql", ".yml")]
    assert defined_for_nobody(modules, everything) == []


def test_a_function_that_nobody_names_is_found() -> None:
    modules = [("a.py", "def used(): ...\ndef left(): ...\n"), ("b.py", "from a import used\n")]
    assert defined_for_nobody(modules, [text for _, text in modules]) == ["a.py: left"]
