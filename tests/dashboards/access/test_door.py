"""Who is let in, who is not, what they are told, and that the log has it; a forged, expired or foreign claim is none.
What each role sees afterwards is in test_roles."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from dashboards.access import audit
from dashboards.access.admission import Provider
from dashboards.shell import audit_trail, elements, sign_in
from tests.dashboards.shown import html

OpenAs = Callable[..., AppTest]
ROOT = Path(__file__).parents[3]
ISSUER = "https://login.court.example"


def log() -> list[tuple[str, str, str]]:
    return [(d.reader, d.deed, d.what) for m in audit.months() for d in audit.deeds(m, size=1000)[0]]


def is_closed(app: AppTest) -> bool:
    return not app.dataframe and not app.get("page_link") and not app.get("plotly_chart")


def test_a_known_reader_is_named_and_recorded_once_a_session(open_as: OpenAs) -> None:
    app = open_as("bureau", lang="en")
    app.run()
    assert "bureau · enforcement bureau" in html(app)
    assert [line for line in log() if line[1] == "sign_in"] == [("bureau", "sign_in", "proxy")]


@pytest.mark.parametrize(
    "changed, reason",
    [
        ({"x-enforcement-secret": "a guess that is as long as the secret is"}, "forged"),
        ({"x-enforcement-secret": ""}, "forged"),
        ({"x-enforcement-proxy": "another"}, "foreign"),
        ({"x-enforcement-user": ""}, "missing"),
        ({"x-enforcement-user": "stranger"}, "unknown"),
    ],
)
def test_headers_that_are_not_the_proxys_open_nothing(
    open_as: OpenAs, house: Path, changed: dict[str, str], reason: str
) -> None:
    sent = {**_good(house), **changed}
    app = open_as(sent, lang="en")
    assert is_closed(app)
    assert [(deed, what) for _, deed, what in log()] == [("refused", reason)]


def test_without_headers_nothing_opens(open_as: OpenAs) -> None:
    assert is_closed(open_as({}))
    assert [(deed, what) for _, deed, what in log()] == [("refused", "missing")]


def _good(house: Path) -> dict[str, str]:
    secret = (house.parent / "proxy.secret").read_text(encoding="utf-8")
    return {"x-enforcement-user": "bureau", "x-enforcement-proxy": "portal", "x-enforcement-secret": secret}


def test_the_access_file_counts_as_it_is_now(open_as: OpenAs, house: Path) -> None:
    file = house.parent / "access.toml"
    app = open_as("bureau", lang="en")
    assert not is_closed(app)
    file.write_text('[[person]]\nid = "leader"\nrole = "leader"\n', encoding="utf-8")
    app.run()
    assert is_closed(app)
    file.chmod(0o666)
    app = open_as("leader", lang="en")
    assert is_closed(app) and "access settings are wrong" in html(app)
    assert str(file) not in html(app), "who is not let in learns nothing of the machine"


@pytest.mark.parametrize("address", ["0.0.0.0", "192.168.1.7", "", None])
def test_an_open_door_without_a_login_is_shut_for_everybody(
    open_as: OpenAs, monkeypatch: pytest.MonkeyPatch, address: str | None
) -> None:
    monkeypatch.setenv("ENFORCEMENT_LOGIN", "none")
    before = config.get_option("server.address")
    config.set_option("server.address", address)
    try:
        app = open_as({}, lang="en")
    finally:
        config.set_option("server.address", before)
    assert is_closed(app) and "127.0.0.1" in html(app)


def test_without_a_login_the_page_says_so_and_a_proxy_is_not_served(
    open_as: OpenAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENFORCEMENT_LOGIN", "none")
    assert "This machine only, no sign-in" in html(open_as({}, lang="en"))
    assert is_closed(open_as({"x-forwarded-for": "10.1.2.3"}, lang="en"))


@pytest.fixture
def open_with(open_as: OpenAs, monkeypatch: pytest.MonkeyPatch) -> OpenAs:
    """Opens the overview with the claims of an ID token, as Streamlit hands them on after checking the signature."""
    monkeypatch.setenv("ENFORCEMENT_LOGIN", "oidc")
    monkeypatch.setattr(sign_in, "provider", lambda: Provider(ISSUER, "gallery"))

    def opened(**claims: object) -> AppTest:
        good = {"is_logged_in": True, "iss": ISSUER, "aud": "gallery", "exp": time.time() + 600, "sub": "court"}
        monkeypatch.setattr(sign_in, "claims", lambda: {**good, **claims})
        return open_as({}, lang="en")

    return opened


def test_a_token_of_ours_opens(open_with: OpenAs) -> None:
    app = open_with()
    assert "court · court" in html(app)
    assert not is_closed(app)


def test_an_expired_token_is_asked_to_sign_in_again(open_with: OpenAs) -> None:
    app = open_with(exp=time.time() - 1)
    assert is_closed(app) and "expired" in html(app)
    assert [b.key for b in app.button] == ["door_sign_in"]
    assert log() == [("court", "refused", "expired")]


@pytest.mark.parametrize("claims", [{"iss": "https://elsewhere.example"}, {"aud": "another"}, {"aud": []}])
def test_a_token_made_for_somebody_else_opens_nothing(open_with: OpenAs, claims: dict[str, object]) -> None:
    app = open_with(**claims)
    assert is_closed(app) and "door_sign_in" not in [b.key for b in app.button]
    assert log() == [("court", "refused", "foreign")]


def test_who_has_not_signed_in_is_asked_to(open_with: OpenAs) -> None:
    app = open_with(is_logged_in=False)
    assert is_closed(app) and [b.key for b in app.button] == ["door_sign_in"]
    assert log() == []


def test_a_list_of_cases_is_recorded_with_court_indicator_side_and_page(open_as: OpenAs) -> None:
    app = open_as("bureau", "about", court="T13", scope="own", indicator="QX02", side="numerator")
    app.run()
    seen = [what for _, deed, what in log() if deed == "cases"]
    listed = [what for what in seen if "· records ·" in what]
    assert len(listed) == 1, "the same list is one line"
    assert all(part in listed[0] for part in ("about?", "court=T13", "indicator=QX02", "side=numerator"))


@pytest.mark.parametrize("page, parameters", [("about", {"court": "T13", "indicator": "QX02"}), ("court", {})])
def test_what_cannot_be_recorded_is_not_shown(
    open_as: OpenAs, monkeypatch: pytest.MonkeyPatch, page: str, parameters: dict[str, str]
) -> None:
    monkeypatch.setattr(audit_trail.audit, "record", _only_sign_ins(audit.record))
    app = open_as("bureau", page, lang="en", **parameters)
    assert "Not recorded, and therefore not shown" in html(app)
    assert not [e for e in app.dataframe if "case_number" in e.value.columns or "counted" in e.value.columns]


def _only_sign_ins(record: Callable[..., None]) -> Callable[..., None]:
    def recorded(reader: str, role: str, deed: str, *rest: str) -> None:
        if deed != "sign_in":
            raise audit.AuditError("the disk is full")
        record(reader, role, deed, *rest)

    return recorded


def test_nobody_comes_in_while_the_log_cannot_be_written(open_as: OpenAs, house: Path) -> None:
    (house / "audit").write_text("a file where the folder should be", encoding="utf-8")
    assert is_closed(open_as("bureau"))


@pytest.mark.parametrize("name", ["log", "audit", "lang", "embed", "reader", "deed"])
def test_no_parameter_of_the_address_keeps_a_reader_out_of_the_log(open_as: OpenAs, name: str) -> None:
    open_as("court", "about", court="T21", indicator="QX02", **{name: "none"})
    assert {deed for _, deed, _ in log()} == {"sign_in", "cases"}


def test_the_auditor_reads_who_did_what_and_that_nothing_was_changed(open_as: OpenAs) -> None:
    open_as("bureau", "about", court="T13", indicator="QX02")
    app = open_as("auditor", "audit", lang="en")
    assert "the chain is intact" in html(app)
    table = next(e.value for e in app.dataframe if "happened_at" in e.value.columns)
    assert table["reader"].tolist()[0] == "auditor"
    assert {"bureau", "auditor"} == set(table["reader"])
    narrowed = open_as("auditor", "audit", lang="en", reader="bur", deed="cases")
    table = next(e.value for e in narrowed.dataframe if "happened_at" in e.value.columns)
    assert set(table["deed"]) == {"Records seen"}


def test_the_auditor_is_told_where_the_chain_breaks(open_as: OpenAs, house: Path) -> None:
    import sqlite3
    from contextlib import closing

    open_as("bureau", "about", court="T13", indicator="QX02")
    with closing(sqlite3.connect(next((house / "audit").glob("*.sqlite")))) as kept, kept:
        kept.execute("drop trigger deeds_are_not_changed")
        kept.execute("update deeds set reader = 'nobody' where number = 1")
    assert "the log is not whole: line 1 of" in html(open_as("auditor", "audit", lang="en"))
    assert os.environ["ENFORCEMENT_LOGIN"] == "proxy"


@pytest.mark.parametrize(
    "way, address, status", [("none", "127.0.0.1", 0), ("none", "0.0.0.0", 1), ("oidc", "0.0.0.0", 0), ("x", "::1", 1)]
)
def test_the_command_that_starts_the_dashboards_asks_the_same_rule(way: str, address: str, status: int) -> None:
    asked = [sys.executable, "-m", "dashboards.access.settings", address]
    environment = {"PATH": os.defpath, "ENFORCEMENT_LOGIN": way}
    done = subprocess.run(asked, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == status
    assert bool(done.stderr) == bool(status) and "Traceback" not in done.stderr


def test_a_file_that_cannot_be_recorded_is_not_made_and_the_page_says_why(
    open_as: OpenAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: dict[str, Callable[[], bytes]] = {}
    monkeypatch.setattr(elements.st, "download_button", lambda _, data, key, **__: offered.update({key: data}))
    app = open_as("bureau", "about", court="T13", scope="own", indicator="QX02", lang="en")
    take = offered["download_months_QX02"]
    assert take().startswith(b"PK")
    assert any(deed == "export" and "months_QX02.xlsx" in what for _, deed, what in log())
    with monkeypatch.context() as full:
        full.setattr(audit, "record", _only_sign_ins(audit.record))
        with pytest.raises(audit.AuditError):
            take()
    app.run()
    assert "Looking and exporting are recorded first" in html(app)
