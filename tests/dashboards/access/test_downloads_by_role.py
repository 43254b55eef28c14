"""Every file that a page hands out, taken as every role: none holds another court's record, none is made for a role
that may not have it, and a role that was taken away takes nothing along."""

from __future__ import annotations

import re
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from dashboards.access.readers import NotAllowedError
from dashboards.components import pack_button
from dashboards.shell.navigation import PAGES
from tests.dashboards.access.test_roles import ALLOWED, ROLES, foreign, named

OpenAs = Callable[..., AppTest]
Offered = dict[str, Callable[[], bytes]]
PACK = b"the meeting pack"
# Files of the whole province's figures, or of none at all, and who may have them.
OF_SOME = {"pack_docx": ALLOWED["meeting"], "sql_download_csv": ALLOWED["sql"], "audit": ALLOWED["audit"]}
ADDRESS = {"court": "T13", "scope": "own", "indicator": "QX02", "lang": "en"}


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Offered:
    """What the pages opened so far hand out, by key."""
    found: Offered = {}

    def kept(_label: str, data: Any, *_: Any, key: str, **__: Any) -> bool:
        found[key] = data if callable(data) else lambda: data
        return False

    monkeypatch.setattr(streamlit, "download_button", kept)
    pack = tmp_path / "pack.docx"
    pack.write_bytes(PACK)
    monkeypatch.setattr(pack_button, "made_before", lambda *_: {"docx": pack})
    return found


def text(content: bytes) -> str:
    """What a file says: a workbook's strings, those of the workbooks in a deck of slides, or its characters."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8", errors="replace")
    with zipfile.ZipFile(BytesIO(content)) as packed:
        return " ".join(re.sub(r"<[^>]+>", " ", text(packed.read(name))) for name in packed.namelist())


def ask(app: AppTest, statement: str) -> None:
    """The statement, answered, on the SQL page that is open."""
    app.text_area("sql_text").set_value(statement).run()
    app.button("sql_run").click().run()
    until = time.monotonic() + 120
    while app.session_state["sql_asked"].ticket.ended_at is None:
        assert time.monotonic() < until, "no answer"
        time.sleep(0.05)
    app.run()


def take_all(open_as: OpenAs, who: str) -> None:
    """Opens every page as that reader; the SQL page after asking it for all cases and funds."""
    for page in PAGES:
        app = open_as(who, page, **ADDRESS)
        if page == "sql" and who in ALLOWED["sql"]:
            ask(app, "select case_id, case_number from core.fct_enforcement_cases")


@pytest.mark.parametrize("who", ROLES)
def test_no_file_holds_what_its_taker_may_not_see(open_as: OpenAs, house: Path, offered: Offered, who: str) -> None:
    strangers = foreign(next((house / "published").glob("*/enforcement.duckdb")))
    take_all(open_as, who)
    assert len(offered) >= 10
    holding = {key for key, take in offered.items() if named(strangers, text(take()))}
    if who in ("court", "auditor"):
        assert holding == set()
    else:
        assert any(key.startswith("download_records_") for key in holding)
        assert ("sql_download_csv" in holding) == (who in ALLOWED["sql"])
    for start, roles in OF_SOME.items():
        assert any(start in key for key in offered) == (who in roles), start


@contextmanager
def changed(file: Path, before: str, after: str) -> Iterator[None]:
    content = file.read_text(encoding="utf-8")
    assert before in content
    file.write_text(content.replace(before, after), encoding="utf-8")
    yield
    file.write_text(content, encoding="utf-8")


@pytest.mark.parametrize(
    "who, page, key", [("bureau", "about", "download_months_QX02"), ("leader", "meeting", "pack_docx"),
                       ("auditor", "audit", "audit")]
)  # fmt: skip
def test_who_was_struck_from_the_access_file_takes_nothing_from_a_page_still_open(
    open_as: OpenAs, house: Path, offered: Offered, who: str, page: str, key: str
) -> None:
    open_as(who, page, **ADDRESS)
    take = next(take for name, take in offered.items() if key in name)
    assert take()
    with changed(house.parent / "access.toml", f'id = "{who}"', 'id = "another"'), pytest.raises(NotAllowedError):
        take()
    other = 'role = "court"\ncourts = ["T13"]'
    with changed(house.parent / "access.toml", f'role = "{who}"', other), pytest.raises(NotAllowedError):
        take()
    (house.parent / "access.toml").chmod(0o666)
    with pytest.raises(NotAllowedError):
        take()


def test_a_statement_of_who_was_struck_from_the_access_file_is_not_asked(open_as: OpenAs, house: Path) -> None:
    app = open_as("analyst", "sql", lang="en")
    app.text_area("sql_text").set_value("select 1").run()
    with changed(house.parent / "access.toml", 'id = "analyst"', 'id = "another"'):
        app.button("sql_run").click().run()
    assert "sql_asked" not in app.session_state
