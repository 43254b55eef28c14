"""Attempts at dashboards whose readers sign in: without a sign-in, with a token that says too much, and after signing
out. The cookies are made with the test's own secret, as Streamlit makes them of whatever a provider says."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.dashboards.access.attempts import ask, cookie, is_open, opened
from tests.dashboards.access.conftest import ACCESS, furnished
from tests.dashboards.served import free_port, server

COOKIE_SECRET = "of the test, and of nothing else: forty letters"
ISSUER, CLIENT = "https://login.court.example", "gallery"
PEOPLE = """
[[person]]
id = "Li@Court.Example"
role = "leader"
[[person]]
sub = "li@court.example"
role = "court"
courts = ["T20"]
[[person]]
sub = "Q1w2-E3"
role = "analyst"
[[group]]
id = "Executors"
role = "bureau"
"""
SECRETS = """
[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "{secret}"
client_id = "{client}"
client_secret = "known to the provider"
server_metadata_url = "{issuer}/.well-known/openid-configuration"
"""
LATER = time.time() + 3600
LEADER = {"email": "li@court.example", "email_verified": True}
ABOUT = "lang=en&court=T13&scope=own&indicator=QX02"
# What a token may say so that it opens nothing at all.
NOTHING: tuple[dict[str, object], ...] = (
    {"exp": math.nan}, {"exp": math.inf}, {"exp": -math.inf}, {"exp": 10**400}, {"exp": "9999999999"}, {"exp": True},
    {"exp": None}, {"exp": [LATER]}, {"exp": {}}, {"exp": 1}, {"exp": time.time() - 1}, {"exp": -1}, {"exp": 0},
    {"nbf": LATER}, {"nbf": math.nan}, {"nbf": math.inf}, {"nbf": "0"}, {"nbf": None}, {"nbf": True}, {"nbf": []},
    {"iss": "https://elsewhere.example"}, {"iss": None}, {"iss": [ISSUER]}, {"aud": "another"}, {"aud": []},
    {"aud": None}, {"aud": {CLIENT: 1}}, {"azp": "another"}, {"is_logged_in": False}, {"is_logged_in": "true"},
    {"is_logged_in": 1}, {"sub": ""}, {"sub": None}, {"sub": ["court"]}, {"sub": "stranger"}, {"sub": "COURT"},
    {"sub": "q1w2-e3"}, {"sub": "Q1W2-E3"}, {"sub": "sub:Q1w2-E3"}, {"sub": " court"}, {"sub": "ｃourt"},
    {"sub": "Li@Court.Example"}, {"sub": "LI@COURT.EXAMPLE"}, {**LEADER, "email": "li@court.example@court.example"},
    {**LEADER, "email": "ｌi@court.example"}, {**LEADER, "email": "li\u00a0@court.example"},
    {**LEADER, "email": "court"}, {"sub": "x", "groups": "Executors"}, {"sub": "x", "groups": ["ｅxecutors"]},
    {"sub": "x", "groups": {"Executors": 1}},
)  # fmt: skip
# What leaves an e-mail address unverified: the reader is who their subject says, a court.
UNVERIFIED = (False, "false", "true", "True", "0", "1", 1, 0, None, [], [True], {"a": 1}, "yes", 1.0)


@pytest.fixture(scope="module")
def signing_in(tmp_path_factory: pytest.TempPathFactory, data_directories: dict[str, Path]) -> Iterator[str]:
    """The dashboards of readers who sign in at a provider; nothing here asks it."""
    place, port = tmp_path_factory.mktemp("oidc"), free_port()
    environment = furnished(place, data_directories["full"], "oidc")
    (place / "access.toml").write_text(ACCESS + PEOPLE, encoding="utf-8")
    secrets = place / "secrets.toml"
    secrets.write_text(SECRETS.format(port=port, secret=COOKIE_SECRET, client=CLIENT, issuer=ISSUER), encoding="utf-8")
    with server(place / "log", environment, port, **{"secrets.files": str(secrets)}) as address:
        yield address


def token(address: str, **changed: object) -> list[tuple[str, str]]:
    good = {"is_logged_in": True, "iss": ISSUER, "aud": CLIENT, "exp": LATER, "sub": "court", "origin": address}
    return [cookie(COOKIE_SECRET, {**good, **changed})]


def read_as(address: str, sent: list[tuple[str, str]]) -> str:
    with opened(address, sent, origin=address) as one:
        return one.run("about", ABOUT)


def test_a_token_of_ours_opens(signing_in: str) -> None:
    assert "court · court" in read_as(signing_in, token(signing_in))
    assert "Li@Court.Example · leader" in read_as(signing_in, token(signing_in, sub="x", **LEADER))
    assert "sub:Q1w2-E3 · analyst" in read_as(signing_in, token(signing_in, sub="Q1w2-E3"))
    assert "sub:x · enforcement bureau" in read_as(signing_in, token(signing_in, sub="x", groups=["executors"]))
    assert "Li@Court.Example · leader" in read_as(signing_in, token(signing_in, nbf=time.time() - 5, **LEADER))


@pytest.mark.parametrize("claims", NOTHING, ids=range(len(NOTHING)))
def test_a_token_that_says_too_much_or_too_little_opens_nothing(signing_in: str, claims: dict[str, object]) -> None:
    sent = token(signing_in, **claims)
    assert {ask(signing_in, path, sent).status for path in ("/", "/_stcore/host-config", "/media/a")} <= {401, 403}
    assert not is_open(signing_in, sent, signing_in)


@pytest.mark.parametrize("verified", UNVERIFIED, ids=repr)
def test_an_address_counts_only_if_it_is_verified_and_true(signing_in: str, verified: object) -> None:
    said = read_as(signing_in, token(signing_in, email="li@court.example", email_verified=verified))
    assert "court · court" in said and "· leader" not in said


def test_without_a_word_on_it_an_address_is_not_verified(signing_in: str) -> None:
    assert "court · court" in read_as(signing_in, token(signing_in, email="li@court.example"))


@pytest.mark.parametrize("subject", ["li@court.example"])
def test_a_subject_is_never_somebodys_address(signing_in: str, subject: str) -> None:
    """Whoever may choose their subject chooses the leader's address; it is the court's that is listed under it."""
    said = read_as(signing_in, token(signing_in, sub=subject))
    assert "sub:li@court.example · court" in said and "· leader" not in said


@pytest.mark.parametrize("sent", [[], [("Cookie", "_streamlit_user=a")], [cookie("another secret", "{}")],
                                  [cookie(COOKIE_SECRET, "[]")], [cookie(COOKIE_SECRET, "no JSON")]])  # fmt: skip
def test_before_signing_in_there_is_a_page_to_do_so_and_no_server(signing_in: str, sent: list[tuple[str, str]]) -> None:
    page = ask(signing_in, "/overview?lang=en", sent)
    assert page.status == 401 and b"Please sign in" in page.body and b'href="/sign-in"' in page.body
    assert b"<script" not in page.body
    assert {ask(signing_in, path, sent).status for path in ("/_stcore/host-config", "/media/a", "/component/a")} == {
        401
    }
    assert not is_open(signing_in, sent, signing_in)
    assert ask(signing_in, "/favicon.png", sent).status == 200, "Streamlit's own files are no secret"
    assert ask(signing_in, "/_stcore/upload_file/a/b", sent, "PUT").status == 401, "nobody's file is listened to"


def test_the_page_leads_to_the_provider(signing_in: str) -> None:
    answer = ask(signing_in, "/sign-in")
    assert answer.status == 302 and answer.headers["location"].startswith("/auth/login?provider=")


@pytest.mark.parametrize("header", ["X-Enforcement-User", "X-Forwarded-User", "Remote-User", "X-Streamlit-User"])
def test_headers_are_nobodys_word_here(signing_in: str, header: str) -> None:
    sent = [(header, "leader"), ("X-Enforcement-Proxy", "portal")]
    assert not is_open(signing_in, sent, signing_in)
    assert ask(signing_in, "/", sent).status == 401


@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost:1", "null"])
def test_a_cookie_that_another_page_sends_along_opens_nothing(signing_in: str, origin: str) -> None:
    assert not is_open(signing_in, token(signing_in), origin)


def test_a_sign_in_ends_everywhere_when_its_reader_signs_out(signing_in: str) -> None:
    sent, other = token(signing_in, jti="one"), token(signing_in, jti="two")
    with opened(signing_in, sent, signing_in) as one, opened(signing_in, other, signing_in) as two:
        one.run("about", ABOUT)
        two.run("about", ABOUT)
        file = one.take(one.downloads()[0])
        assert ask(signing_in, file, sent).status == 200
        assert ask(signing_in, "/auth/logout", sent).status == 302
        assert one.is_ended()
        assert not is_open(signing_in, sent, signing_in), "a copy of the cookie is worth nothing"
        assert {ask(signing_in, path, sent).status for path in ("/", file)} == {401}
        assert "court · court" in two.run("about", ABOUT), "another sign-in is another"


LASTING = 20  # seconds of a token: a page and its file have to be made in them on a busy machine too


def test_a_token_that_ends_ends_what_was_opened_with_it(signing_in: str) -> None:
    sent = token(signing_in, exp=time.time() + LASTING)
    with opened(signing_in, sent, signing_in) as one:
        one.run("about", ABOUT)
        wanted = one.downloads()[0]
        file = one.take(wanted)
        assert file
        while ask(signing_in, "/_stcore/host-config", sent).status == 200:
            time.sleep(0.2)
        assert ask(signing_in, file, sent).status == 401, "nor is a file handed out that was made before"
        assert one.take(wanted) == "" and one.is_ended()
    assert b"expired" in ask(signing_in, "/?lang=en", sent).body
