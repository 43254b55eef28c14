"""Attempts at dashboards behind a proxy, past it and through it: without its word, with two of them, with names that
look like others, and for what another reader was told of. Each is made at a real server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.dashboards.access.attempts import ask, eventually, is_open, opened
from tests.dashboards.access.conftest import ACCESS, SECRET, furnished
from tests.dashboards.served import server

NAMES = '[[person]]\nid = "王伟"\nrole = "leader"\n[[person]]\nid = "Zhang.San@Court.Example"\nrole = "leader"\n'
USER, OF_PROXY = "X-Enforcement-User", ("X-Enforcement-Proxy", "portal")
ABOUT = "lang=en&court=T13&scope=own&indicator=QX02"
EVERYTHING = ("/", "/overview", "/_stcore/host-config", "/media/0123456789abcdef.xlsx", "/static/js/index.js",
              "/favicon.png", "/component/a/index.html", "/_stcore/bidi-components/a/b.js")  # fmt: skip


def by(name: str) -> list[tuple[str, str]]:
    return [(USER, name), OF_PROXY, ("X-Enforcement-Secret", SECRET)]


NOBODY = (
    [], [(USER, "bureau")], [(USER, "bureau"), OF_PROXY], by("")[1:], by(""), by(" "), by("stranger"),
    [(USER, "bureau"), OF_PROXY, ("X-Enforcement-Secret", "x" * len(SECRET))],
    [(USER, "bureau"), OF_PROXY, ("X-Enforcement-Secret", SECRET[:-1])],
    [(USER, "bureau"), ("X-Enforcement-Proxy", "another"), ("X-Enforcement-Secret", SECRET)],
    [*by("court"), (USER, "leader")], [(USER, "leader"), *by("court")], [*by("court"), (USER, "court")],
    [*by("court"), ("X_Enforcement_User", "leader")], [*by("court"), ("x-enforcement_user", "leader")],
    [*by("court"), ("X-Enforcement-Secret", SECRET)], [*by("court"), OF_PROXY], by("court, leader"), by("court;leader"),
    [*by("stranger"), ("X-Enforcement-Groups", "a"), ("X-Enforcement-Groups", "b")],
    [("X-Forwarded-User", "leader"), ("Remote-User", "leader"), ("X-Remote-User", "leader")],
)  # fmt: skip
LOOK_ALIKES = (
    "ｌeader", "ｌｅａｄｅｒ", "lead\u00a0er", "\u00a0leader", "leader\u00a0", "leader\u200b", "\ufeffleader",
    "le\u00adader", "lеader", "ⅼeader", "leader\u202e", "ˡeader", "𝐥eader", "leader\u3000", "lead\u2003er",
    "le\u0430der", "leadе\u0301r", "sub:leader", "SUB:leader", "王\u200b伟", "⺩伟", "王伟\u3000", "z" * 300,
)  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("proxy")


@pytest.fixture(scope="module")
def behind(place: Path, data_directories: dict[str, Path]) -> Iterator[str]:
    """The dashboards as they stand behind a proxy that keeps the browser's host."""
    environment = furnished(place, data_directories["full"], "proxy")
    (place / "access.toml").write_text(ACCESS + NAMES, encoding="utf-8")
    environment["STREAMLIT_BROWSER_SERVER_ADDRESS"] = "enforcement.court.example"
    with server(place / "log", environment) as address:
        yield address


@contextmanager
def changed(place: Path, before: str, after: str) -> Iterator[None]:
    file = place / "access.toml"
    content = file.read_text(encoding="utf-8")
    assert before in content
    file.write_text(content.replace(before, after), encoding="utf-8")
    yield
    file.write_text(content, encoding="utf-8")


@pytest.mark.parametrize(
    "name", ["bureau", "BUREAU", "Bureau", "王伟", "zhang.san@court.example", "ZHANG.SAN@court.example"]
)
def test_a_name_is_known_in_any_letters(behind: str, name: str) -> None:
    assert ask(behind, "/", by(name)).status == 200
    with opened(behind, by(name)) as one:
        assert "g-brand" in one.run("overview")


@pytest.mark.parametrize("sent", NOBODY, ids=range(len(NOBODY)))
def test_without_the_proxys_word_there_is_no_server(behind: str, sent: list[tuple[str, str]]) -> None:
    assert {ask(behind, path, sent).status for path in EVERYTHING} <= {401, 403}
    assert not is_open(behind, sent)


@pytest.mark.parametrize("name", LOOK_ALIKES)
def test_a_name_that_only_looks_like_anothers_opens_nothing(behind: str, name: str) -> None:
    assert ask(behind, "/", by(name)).status == 403
    assert not is_open(behind, by(name))


def test_whose_name_cannot_be_read_is_told_what_is_wrong_with_it(behind: str) -> None:
    said = ask(behind, "/?lang=en", by("ｗａｎｇ")).body.decode()
    assert "write “wang”" in said and "could be taken for somebody else" in said
    assert "U+00A0" in ask(behind, "/", by("wang\u00a0wei")).body.decode()


def test_a_name_that_is_not_text_opens_nothing(behind: str) -> None:
    import socket

    at = urlsplit(behind)
    head = f"GET / HTTP/1.1\r\nHost: {at.netloc}\r\nConnection: close\r\n".encode()
    proof = f"X-Enforcement-Proxy: portal\r\nX-Enforcement-Secret: {SECRET}\r\n".encode()
    with socket.create_connection((str(at.hostname), at.port or 80)) as line:
        line.sendall(head + proof + b"X-Enforcement-User: \xff\xfeleader\r\n\r\n")
        assert line.recv(12) == b"HTTP/1.1 403"


def test_the_public_name_is_served_and_no_other(behind: str) -> None:
    own = [("Host", "enforcement.court.example"), *by("bureau")]
    assert ask(behind, "/", own).status == 200
    assert is_open(behind, own, "https://enforcement.court.example")
    assert is_open(behind, by("bureau"), "https://enforcement.court.example"), "a proxy that asks under its own name"
    for origin in (
        "https://evil.example",
        "http://enforcement.court.example:8080",
        "https://enforcement.court.example.cn",
    ):
        assert not is_open(behind, own, origin)
    assert ask(behind, "/", [("Host", "evil.example"), *by("bureau")]).status == 421


def test_a_download_is_made_for_whom_it_was_offered_to(behind: str) -> None:
    with (
        opened(behind, by("bureau")) as one,
        opened(behind, by("court")) as other,
        opened(behind, by("bureau")) as again,
    ):
        one.run("about", ABOUT)
        wanted = one.downloads()[0]
        other.run("about", ABOUT)
        again.run("overview")
        assert other.take(wanted) == ""
        assert again.take(wanted) != "", "the same reader, another window"
        file = one.take(wanted)
    assert ask(behind, file, by("bureau")).body.startswith(b"PK")
    for who in ("court", "leader", "analyst", "auditor", "王伟"):
        refused = ask(behind, file, by(who))
        assert refused.status == 403 and b"PK" not in refused.body
    assert ask(behind, file).status == 401
    assert ask(behind, file.replace(".xlsx", ""), by("court")).status == 403


def test_a_session_is_gone_on_with_by_its_own_reader_only(behind: str) -> None:
    """Streamlit knows a proxy's readers by nothing, and would give one the session of another."""
    with opened(behind, by("bureau")) as one:
        one.run("overview")
    with opened(behind, by("court"), session=one.session) as other:
        assert "court · court" in other.run("overview", "lang=en")
        assert other.session != one.session
    with opened(behind, by("bureau"), session=one.session) as again:
        again.run("overview")
        assert again.session == one.session


@pytest.mark.parametrize("after", ['id = "nobody"\nrole = "bureau"', 'id = "bureau"\nrole = "court"\ncourts = ["T13"]'])
def test_who_is_struck_or_demoted_loses_the_wider_answer_at_once(behind: str, place: Path, after: str) -> None:
    with opened(behind, by("bureau")) as busy, opened(behind, by("bureau")) as idle:
        busy.run("about", ABOUT)
        idle.run("about", ABOUT)
        offered = busy.downloads()
        file = busy.take(offered[0])
        assert ask(behind, file, by("bureau")).status == 200
        with changed(place, 'id = "bureau"\nrole = "bureau"', after):
            assert ask(behind, file, by("bureau")).status == 403
            assert busy.take(offered[-1]) == "", "nothing more is made"
            assert busy.is_ended() and idle.is_ended()
            with_session = is_open(behind, by("bureau"), session=busy.session)
            assert with_session == ("court" in after)
            if with_session:
                with opened(behind, by("bureau"), session=busy.session) as lesser:
                    assert "bureau · court" in lesser.run("about", ABOUT)
                    assert lesser.session != busy.session
    assert eventually(ask(behind, "/", by("bureau")).status == 200 for _ in range(50))
