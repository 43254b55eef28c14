"""Which snapshot is shown where the pointer is damaged, or leads to one that is not whole: the newest that is.
That the next run puts the pointer right is tested with the publication."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboards import snapshot
from tests.dashboards.shown import html

OLD, NEW, BROKEN = "2019-01-aaaaaaaaaa", "2019-02-bbbbbbbbbb", "2019-03-cccccccccc"


@pytest.fixture
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two whole snapshots, and one that is cut short."""
    monkeypatch.setenv("ENFORCEMENT_DATA_DIR", str(tmp_path))
    for day, name in enumerate((OLD, NEW, BROKEN), 1):
        folder = tmp_path / "published" / name
        folder.mkdir(parents=True)
        (folder / "enforcement.duckdb").write_bytes(b"x" * (5 if name == BROKEN else 10))
        said = {"published_at": f"2019-03-0{day}T00:00:00+00:00", "database": {"bytes": 10}}
        (folder / "manifest.json").write_text(json.dumps(said), encoding="utf-8")
    (tmp_path / "published" / "2019-04-dddddddddd").mkdir()
    return tmp_path / "published"


def test_the_pointer_is_believed_where_it_leads_to_a_whole_snapshot(published: Path) -> None:
    (published / "CURRENT").write_text(f"{OLD}\n")
    assert snapshot.current_id() == snapshot.pointed_id() == OLD


@pytest.mark.parametrize("said", [b"", b"\xff\xfe", b"../elsewhere", b"2018-01-gone", b"{", BROKEN.encode(), None])
def test_a_damaged_pointer_stands_for_the_newest_whole_snapshot(published: Path, said: bytes | None) -> None:
    if said is not None:
        (published / "CURRENT").write_bytes(said)
    assert snapshot.current_id() == NEW != snapshot.pointed_id()


def test_where_none_is_whole_what_the_pointer_says_is_named(published: Path) -> None:
    (published / "CURRENT").write_text(BROKEN)
    for name in (OLD, NEW):
        shutil.rmtree(published / name)
    assert snapshot.current_id() == BROKEN
    shutil.rmtree(published)
    assert snapshot.current_id() is None


def test_a_page_says_that_the_pointer_is_damaged_and_what_is_shown(
    open_page: Callable[..., AppTest], data_directories: dict[str, Path], tmp_path: Path
) -> None:
    data_directories["pointless"] = Path(shutil.copytree(data_directories["full"], tmp_path / "tree"))
    (tmp_path / "tree" / "published" / "CURRENT").chmod(0o600)
    (tmp_path / "tree" / "published" / "CURRENT").write_text("2018-01-gone")
    for lang, words in (("zh", "指针已损坏"), ("en", "pointer to the current snapshot is damaged")):
        app = open_page("overview", "pointless", lang=lang)
        assert words in html(app) and "20200105-0800-full" in app.query_params["snapshot"]
    wall = html(open_page("wall", "pointless"))
    assert "快照指针已损坏" in wall and "快照指针已损坏" not in html(open_page("wall"))
    assert "指针已损坏" not in html(open_page("overview"))
