"""Who is let in, and as what: forged, foreign and expired claims and headers, the access file and its faults."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from dashboards.access import identity, names, readers, settings
from tests.dashboards.access.test_guard_proxy import LOOK_ALIKES

ISSUER, CLIENT, NOW = "https://login.court.example", "warehouse", 1_000_000.0
CLAIMS: dict[str, Any] = {
    "is_logged_in": True,
    "iss": ISSUER,
    "aud": CLIENT,
    "exp": NOW + 60,
    "sub": "u1",
    "email": "li@court.example",
    "email_verified": True,
    "groups": ["execution-bureau"],
}
SECRET = "s" * 40
HEADERS = {
    "X-Enforcement-Secret": SECRET,
    "X-Enforcement-Proxy": "gate-1",
    "X-Enforcement-User": "wang",
    "X-Enforcement-Groups": "court-T13, all",
}


def test_true_claims_give_name_and_groups() -> None:
    assert identity.of_claims(CLAIMS, ISSUER + "/", CLIENT, NOW) == identity.Identity(
        "li@court.example", ("execution-bureau",)
    )


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"is_logged_in": False}, "missing"),
        ({"iss": "https://elsewhere.example"}, "foreign"),
        ({"aud": "another-client"}, "foreign"),
        ({"aud": ["another-client"]}, "foreign"),
        ({"exp": NOW}, "expired"),
        ({"exp": None}, "expired"),
        ({"exp": "soon"}, "expired"),
        ({"exp": True}, "expired"),
        ({"exp": math.nan}, "expired"),
        ({"exp": math.inf}, "expired"),
        ({"exp": 10**400}, "expired"),
        ({"nbf": NOW + 1}, "early"),
        ({"nbf": "now"}, "early"),
        ({"nbf": math.nan}, "early"),
        ({"azp": "another-client"}, "foreign"),
        ({"email": None, "sub": ""}, "forged"),
        ({"email": "li@court.example", "email_verified": False, "sub": None}, "forged"),
    ],
)
def test_claims_that_are_not_believed(change: dict[str, Any], reason: str) -> None:
    with pytest.raises(identity.NotBelievedError) as refused:
        identity.of_claims(CLAIMS | change, ISSUER, CLIENT, NOW)
    assert refused.value.reason == reason


@pytest.mark.parametrize("said", [False, "false", "true", "True", "0", 1, 1.0, None, [], [True], {"a": 1}])
def test_an_address_that_is_not_said_to_be_verified_is_not_a_name(said: object) -> None:
    found = identity.of_claims(CLAIMS | {"email_verified": said}, ISSUER, CLIENT, NOW)
    assert (found.name, found.is_subject) == ("u1", True)


def test_the_headers_of_the_named_proxy_give_name_and_groups() -> None:
    assert identity.of_headers(HEADERS, "gate-1", SECRET) == identity.Identity("wang", ("court-T13", "all"))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"X-Enforcement-Secret": "guessed" * 6}, "forged"),
        ({"X-Enforcement-Secret": ""}, "forged"),
        ({"X-Enforcement-Proxy": "gate-2"}, "foreign"),
        ({"X-Enforcement-User": " "}, "missing"),
    ],
)
def test_headers_that_are_not_believed(change: dict[str, str], reason: str) -> None:
    with pytest.raises(identity.NotBelievedError) as refused:
        identity.of_headers(HEADERS | change, "gate-1", SECRET)
    assert refused.value.reason == reason


def test_no_headers_at_all_is_nobody() -> None:
    with pytest.raises(identity.NotBelievedError) as refused:
        identity.of_headers({"User-Agent": "x"}, "gate-1", SECRET)
    assert refused.value.reason == "missing"


def test_a_secret_that_others_can_read_or_guess_is_not_used(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(SECRET)
    file.chmod(0o644)
    with pytest.raises(ValueError, match="chmod 600"):
        identity.secret_of(file)
    file.chmod(0o600)
    assert identity.secret_of(file) == SECRET
    file.write_text("short")
    with pytest.raises(ValueError, match="32"):
        identity.secret_of(file)


def access(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "access.toml"
    file.write_text(text, encoding="utf-8")
    file.chmod(0o600)
    return file


PEOPLE = """
[[person]]
id = "li"
role = "leader"

[[person]]
id = "wang"
role = "court"
courts = ["T13"]

[[group]]
id = "auditors"
role = "auditor"

[[group]]
id = "xining"
role = "court"
courts = ["T10"]
"""


def test_roles_and_jurisdictions_come_from_the_file(tmp_path: Path) -> None:
    found = readers.read(access(tmp_path, PEOPLE))
    assert found.reader("li") == readers.Reader("li", "leader", None)
    assert found.reader("wang", ("auditors",)) == readers.Reader("wang", "court", ("T13",), ("auditors",))
    both = ("xining", "auditors")
    assert found.reader("zhao", both) == readers.Reader("zhao", "auditor", (), both)
    assert found.reader("zhao", ("xining",)) == readers.Reader("zhao", "court", ("T10",), ("xining",))
    assert found.reader("nobody", ("elsewhere",)) is None


def test_no_role_may_do_everything_but_the_operator_of_the_machine() -> None:
    deeds = frozenset({"cases", "bulletin", "notes", "sql", "audit"})
    may = {role: {deed for deed in deeds if readers.Reader("x", role, ()).may(deed)} for role in readers.MAY}
    assert may == {
        "leader": {"cases", "bulletin"},
        "bureau": {"cases", "bulletin", "notes", "sql"},
        "analyst": {"cases", "bulletin", "sql"},
        "court": {"cases", "sql"},
        "auditor": {"audit"},
        "local": deeds,
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[person]]\nid = "a"\nrole = "king"', "role"),
        ('[[person]]\nid = "a"\nrole = "local"', "role"),
        ('[[person]]\nrole = "leader"', "id"),
        ('[[person]]\nid = "a"\nrole = "court"', "courts"),
        ('[[person]]\nid = "a"\nrole = "court"\ncourts = "T13"', "courts"),
        ('[[person]]\nid = "a"\nrole = "leader"\n[[person]]\nid = "a"\nrole = "leader"', "a"),
        ("[[person", "access.toml"),
    ],
)
def test_a_fault_in_the_file_lets_nobody_in_and_names_the_place(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(readers.AccessFileError, match=said):
        readers.read(access(tmp_path, text))


def test_a_file_that_others_may_write_or_that_is_missing_lets_nobody_in(tmp_path: Path) -> None:
    file = access(tmp_path, PEOPLE)
    file.chmod(0o666)
    with pytest.raises(readers.AccessFileError, match="chmod"):
        readers.read(file)
    with pytest.raises(readers.AccessFileError, match="administration"):
        readers.read(tmp_path / "none.toml")


@pytest.mark.parametrize("address", ["0.0.0.0", "", None, "10.0.0.5", "::", "court.example"])
def test_without_a_login_only_this_machine_is_served(address: str | None) -> None:
    with pytest.raises(settings.SettingsError, match="without a login"):
        settings.refuse_open_door("none", address)
    settings.refuse_open_door("oidc", address)
    settings.refuse_open_door("proxy", address)


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "localhost", "127.0.0.7"])
def test_this_machine_may_be_served_without_a_login(address: str) -> None:
    settings.refuse_open_door("none", address)


def test_settings_that_say_nothing_usable_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENFORCEMENT_LOGIN", "magic")
    with pytest.raises(settings.SettingsError, match="magic"):
        settings.settings()
    monkeypatch.setenv("ENFORCEMENT_LOGIN", "proxy")
    monkeypatch.delenv("ENFORCEMENT_PROXY_NAME", raising=False)
    with pytest.raises(settings.SettingsError, match="PROXY_NAME"):
        settings.settings()


@pytest.mark.parametrize("name", [name for name in LOOK_ALIKES if not name.lower().startswith(identity.SUBJECT)])
def test_a_name_that_looks_like_another_is_no_name(name: str) -> None:
    """Neither of a reader nor of an entry of the access file."""
    with pytest.raises(names.UnreadableNameError, match=r" ?\| "):
        names.spelled(name)


@pytest.mark.parametrize(
    "name", ["王伟", "买买提·某某", "ИВАНОВ", "zhang.san@court.example", "Müller", "王wei", "li 2"]
)
def test_a_name_of_one_alphabet_is_a_name(name: str) -> None:
    assert names.spelled(name) == name.lower()
