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


def furnished(place: Path, full: Path, way: str) -> dict[str, str]:
    """A data directory with the full small snapshot, an access file and a proxy's secret, as environment variables."""
    data = place / "data"
    data.mkdir()
    (data / "published").symlink_to(full / "published")
    # Made once for all tests: what is in it is tested in test_excerpts.
    (data / "excerpts").symlink_to(full / "excerpts")
    (full / "excerpts").mkdir(exist_ok=True)
    for name, content in (("access.toml", ACCESS), ("proxy.secret", SECRET)):
        (place / name).write_text(content, encoding="utf-8")
        (place / name).chmod(0o600)
    return {
        "ENFORCEMENT_DATA_DIR": str(data),
        "ENFORCEMENT_LOGIN": way,
        "ENFORCEMENT_PROXY_NAME": "portal",
        "ENFORCEMENT_ACCESS_FILE": str(place / "access.toml"),
        "ENFORCEMENT_PROXY_SECRET_FILE": str(place / "proxy.secret"),
    }


@pytest.fixture
def house(data_directories: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data directory of an installation whose readers come by a proxy."""
    for name, value in furnished(tmp_path, data_directories["full"], "proxy").items():
        monkeypatch.setenv(name, value)
    return tmp_path / "data"


def headers(name: str) -> dict[str, str]:
    """What the proxy sends along for a reader it knows."""
    return {"x-enforcement-user": name, "x-enforcement-proxy": "portal", "x-enforcement-secret": SECRET}


@pytest.fixture
def open_as(house: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """`open_as("court", "about", court="T13")` runs the page as that person; a mapping is sent as headers as it is."""

    def opened(who: str | Mapping[str, str], page: str = PAGES[0], **parameters: str) -> AppTest:
        sent = headers(who) if isinstance(who, str) else dict(who)
        monkeypatch.setattr(sign_in, "sent", lambda: sent)
        return run(page, parameters)

    return opened


def run(page: str, parameters: Mapping[str, str]) -> AppTest:
    """The page as whoever is signed in sees it; the first one has been run before any other."""
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params.update(parameters)
    app.run()
    if page != PAGES[0]:
        app.switch_page(script(page))
        app.query_params.update(parameters)
        app.run()
    return app
