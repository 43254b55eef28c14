"""Every byte that is kept of a province with known persons: nothing beyond the deliveries names one of them.
Compressed files are opened: their bytes alone would hide what is in them. A new key starts from the deliveries, too."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from dashboards import snapshot
from dashboards.access import audit, excerpts
from dashboards.bulletin import make_pack
from dashboards.workbench import saved_queries
from tests.golden.conftest import REPOSITORY, RUN_SECONDS
from tests.walking import contents

PERSONS = ("张甲", "李乙", "王丙", "6301021980")
ENCODINGS = ("utf-8", "gb18030", "utf-16-le")
NOT_KEPT = ("landing", "key")  # the deliveries themselves, which are the courts'; the key, which is no text
COLUMNS = """
    select column_name from duckdb_columns()
    where database_name = 'new' and schema_name || '.' || table_name = ? and column_name not like '%_at'
"""
SAME = ("performance.fct_court_measures", "performance.fct_court_indicators", "rankings.rpt_court_rankings")


@pytest.fixture(scope="module")
def used(golden_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The golden data after everything that writes from it: export, meeting packs, excerpts, audit log, workbench."""
    data = tmp_path_factory.mktemp("used") / "data"
    shutil.copytree(golden_data, data)
    _run(data, "export")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENFORCEMENT_DATA_DIR", str(data))
        for edition in ("rank", "interval"):
            make_pack(edition=edition)
        audit.record("li", "analyst", "sql", "from core.fct_enforcement_cases")
        saved_queries.save("cases", "li", "from core.fct_enforcement_cases", is_shared=True)
        whole = snapshot.find(snapshot.current_id())
        assert whole is not None
        with snapshot.connect(whole) as connection:
            courts = connection.execute("select distinct court_code from core.fct_enforcement_cases").fetchall()
        for (court,) in courts:
            excerpts.excerpt(whole, [court])
        saved_queries.answer(saved_queries.ask("li", "from core.fct_defaulter_listings"), 3, 0.1, "")
    return data


def _run(data: Path, *command: str) -> None:
    environment = os.environ | {
        "ENFORCEMENT_DATA_DIR": str(data), "ENFORCEMENT_KEY_FILE": str(data / "key"), "PYTHONPATH": str(REPOSITORY)
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "pipelines", *command],
        cwd=REPOSITORY, env=environment, capture_output=True, text=True, timeout=RUN_SECONDS,
    )  # fmt: skip
    assert done.returncode == 0, f"{done.stdout[-6000:]}\n{done.stderr[-6000:]}"
    assert not [person for person in PERSONS if person in done.stdout + done.stderr], "the terminal names nobody"


def naming(data: Path, files: list[Path]) -> list[tuple[str, str]]:
    wanted = {(person, person.encode(encoding)) for person in PERSONS for encoding in ENCODINGS}
    return sorted(
        {(str(file.relative_to(data)), person)
         for file in files for content in contents(file) for person, said in wanted if said in content}
    )  # fmt: skip


def test_not_one_byte_that_is_kept_names_a_person(used: Path) -> None:
    files = [f for f in used.rglob("*") if f.is_file() and f.relative_to(used).parts[0] not in NOT_KEPT]
    kinds = {file.suffix for file in files}
    assert {".duckdb", ".parquet", ".xlsx", ".docx", ".pdf", ".html", ".sqlite", ".json"} <= kinds
    places = {file.relative_to(used).parts[0] for file in files}
    assert {"published", "exports", "excerpts", "audit", "workbench", "lake", "rejects", "warehouse"} <= places
    assert naming(used, files) == []


def test_the_deliveries_do_name_them(used: Path) -> None:
    """So that the search above would find them."""
    found = naming(used, [file for file in (used / "landing").rglob("*") if file.is_file()])
    assert {person for _, person in found} == set(PERSONS)


def test_a_new_key_gives_the_same_figures_and_other_hashes(golden_data: Path, tmp_path: Path) -> None:
    """The steps of data/README.md."""
    data = tmp_path / "data"
    shutil.copytree(golden_data, data)
    (data / "key").unlink()
    for tree in ("lake", "rejects", "warehouse"):
        shutil.rmtree(data / tree)
    _run(data, "run", "--no-serve")
    with duckdb.connect() as connection:
        for name, tree in (("old", golden_data), ("new", data)):
            current = (tree / "published" / "CURRENT").read_text().strip()
            connection.execute(f"attach '{tree / 'published' / current / 'enforcement.duckdb'}' as {name} (read_only)")
        for table in SAME:
            columns = connection.execute(COLUMNS, [table]).fetchall()
            listed = ", ".join(f'"{column}"' for (column,) in columns)
            for one, other in (("old", "new"), ("new", "old")):
                left = f"select {listed} from {one}.{table} except all select {listed} from {other}.{table}"
                assert connection.execute(f"select count(*) from ({left})").fetchall() == [(0,)], table
    old, new = hashes(golden_data), hashes(data)
    assert len(old) == len(new) > 0
    assert not old & new


def hashes(data: Path) -> set[str]:
    """The keyed hashes of persons in the lake, the only place that has them."""
    found: set[str] = set()
    for file in (data / "lake").rglob("*.parquet"):
        frame = duckdb.read_parquet(str(file))
        if "person_hash" in frame.columns:
            found |= {value for (value,) in frame.select("person_hash").fetchall() if value}
    return found


def test_a_hash_of_a_person_stays_out_of_what_is_published(used: Path) -> None:
    published = [f for tree in ("published", "exports", "excerpts") for f in (used / tree).rglob("*") if f.is_file()]
    said = [value.encode() for value in hashes(used)]
    assert said
    assert [f.name for f in published for content in contents(f) if any(value in content for value in said)] == []
