"""A page is one folder and one line of the navigation: a copy of the gallery is given one more, and it opens.
The recipe is docs/how-to/add-a-page.md."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).parents[3]
FILES = {
    "__init__.py": "",
    "page.py": '''"""How many courts there are."""

from dashboards.app_pages.example import queries
from dashboards.shell import elements, header

view = header.open_page()
count = view.data.ask(queries.counted, view.choice.province)["court_count"].iloc[0]
elements.headline(view, view.t("example.sentence", count=count))
''',
    "queries.py": '''"""What the page asks."""

from dashboards.statements import statements

SQL = statements(__file__)


def counted(cursor, province):
    return cursor.execute(SQL["counted"], {"province": province}).df()
''',
    "queries.sql": """-- name: counted
select count(*) as court_count from core.dim_courts
where province_code = $province
""",
    "zh.toml": '[page]\nexample = "示例"\n[example]\nsentence = "共{count}个法院"\n',
    "en.toml": '[page]\nexample = "Example"\n[example]\nsentence = "There are {count} courts"\n',
}
OPENED = """
import sys
from streamlit import config
from streamlit.testing.v1 import AppTest
config.set_option("server.address", "127.0.0.1")
app = AppTest.from_file(sys.argv[1], default_timeout=60)
app.query_params["lang"] = sys.argv[2]
app.run()
app.switch_page("app_pages/example/page.py")
app.query_params["lang"] = sys.argv[2]
app.run()
assert not app.exception, app.exception
print("\\n".join(e.proto.body for e in app.get("html") if "<style>" not in e.proto.body))
"""


@pytest.fixture(scope="module")
def gallery_with_one_more(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the gallery with a page `example`."""
    place = tmp_path_factory.mktemp("one-more") / "dashboards"
    shutil.copytree(ROOT / "dashboards", place, ignore=shutil.ignore_patterns("__pycache__"))
    folder = place / "app_pages" / "example"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    navigation = place / "shell" / "navigation.py"
    before = navigation.read_text(encoding="utf-8")
    after = before.replace('        "court",\n', '        "court",\n        "example",\n', 1)
    assert after != before
    navigation.write_text(after, encoding="utf-8")
    return place


@pytest.mark.parametrize("lang, sentence", [("zh", "共{}个法院"), ("en", "There are {} courts")])
def test_a_page_is_a_folder_and_a_line(
    gallery_with_one_more: Path,
    data_directories: dict[str, Path],
    truth: duckdb.DuckDBPyConnection,
    lang: str,
    sentence: str,
) -> None:
    ((courts,),) = truth.execute("select count(*) from core.dim_courts where province_code = 'QH'").fetchall()
    app = str(gallery_with_one_more / "streamlit_app.py")
    environment = os.environ | {
        "PYTHONPATH": str(gallery_with_one_more.parent),
        "ENFORCEMENT_DATA_DIR": str(data_directories["full"]),
    }
    done = subprocess.run(
        [sys.executable, "-c", OPENED, app, lang], env=environment, capture_output=True, text=True, timeout=120,
        cwd=gallery_with_one_more.parent,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert courts > 1
    assert sentence.format(courts) in done.stdout
