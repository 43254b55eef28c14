"""Opens pages as a reader of a role, known by a proxy's headers, with an access file and a log of the test's own.
What a role may see is asserted in the tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.shell import sign_in
from dashboards.shell.navigation import PAGES, script
from tests.dashboards.served import APP

SECRET = "a secret of thirty-two characters or more"
ACCESS = """
[[person]]
id = "leader"
role = "leader"
[[person]]
id = "bureau"
role = "bureau"
[[person]]
id = "analyst"
role = "analyst"
[[person]]
id = "auditor"
role = "auditor"
[[person]]
id = "court"
role = "court"
courts = ["T20"]
"""


@pytest.fixture
def house(data_directories: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data directory with the full small snapshot, an access file, and a proxy's secret; returns it."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "published").symlink_to(data_directories["full"] / "published")
    # Made once for all tests: what is in it is tested in test_excerpts.
    (data / "excerpts").symlink_to(data_directories["full"] / "excerpts")
    (data_directories["full"] / "excerpts").mkdir(exist_ok=True)
    for name, content in (("access.toml", ACCESS), ("proxy.secret", SECRET)):
        (tmp_path / name).write_text(content, encoding="utf-8")
        (tmp_path / name).chmod(0o600)
    monkeypatch.setenv("ENFORCEMENT_DATA_DIR", str(data))
    monkeypatch.setenv("ENFORCEMENT_LOGIN", "proxy")
    monkeypatch.setenv("ENFORCEMENT_PROXY_NAME", "portal")
    monkeypatch.setenv("ENFORCEMENT_ACCESS_FILE", str(tmp_path / "access.toml"))
    monkeypatch.setenv("ENFORCEMENT_PROXY_SECRET_FILE", str(tmp_path / "proxy.secret"))
    return data


def headers(name: str) -> dict[str, str]:
    """What the proxy sends along for a reader it knows."""
    return {"x-enforcement-user": name, "x-enforcement-proxy": "portal", "x-enforcement-secret": SECRET}


@pytest.fixture
def open_as(house: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """`open_as("court", "about", court="T13")` runs the page as that person; a mapping is sent as headers as it is."""

    def opened(who: str | Mapping[str, str], page: str = PAGES[0], **parameters: str) -> AppTest:
        sent = headers(who) if isinstance(who, str) else dict(who)
        monkeypatch.setattr(sign_in, "sent", lambda: sent)
        app = AppTest.from_file(APP, default_timeout=60)
        app.query_params.update(parameters)
        app.run()
        if page != PAGES[0]:
            app.switch_page(script(page))
            app.query_params.update(parameters)
            app.run()
        return app

    return opened
