"""Attempts to send the server a file: only who may change settings can, into a session of theirs, and no more than a
sheet. Each is made at a real server, behind a proxy that says who is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string

from tests.dashboards.access.attempts import Answer, Session, ask, eventually, message, opened
from tests.dashboards.access.conftest import SECRET, furnished
from tests.dashboards.served import server

MANY = 1 << 20
OTHERS = ("leader", "analyst", "court", "auditor")
# The small body of one file, as a browser wraps it.
BODY = (
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="courts.csv"\r\n'
    b"Content-Type: text/csv\r\n\r\nabc\r\n--x--\r\n"
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("uploads")


@pytest.fixture(scope="module")
def behind(place: Path, data_directories: dict[str, Path]) -> Iterator[str]:
    environment = furnished(place, data_directories["full"], "proxy")
    with server(place / "log", environment) as address:
        yield address


def by(name: str) -> list[tuple[str, str]]:
    return [("X-Enforcement-User", name), ("X-Enforcement-Proxy", "portal"), ("X-Enforcement-Secret", SECRET)]


def put(address: str, name: str, session: str, *more: tuple[str, str], file: str = "f", method: str = "PUT") -> Answer:
    """What a browser sends, with its mark against foreign pages."""
    token = generate_xsrf_token_string()
    sent = [*by(name), ("Cookie", f"_streamlit_xsrf={token}"), ("X-Xsrftoken", token),
            ("Content-Type", "multipart/form-data; boundary=x")]  # fmt: skip
    sent = [*(one for one in sent if one[0] not in dict(more)), *more]
    if not any(header in ("Content-Length", "Transfer-Encoding") for header, _ in more):
        sent.append(("Content-Length", str(len(BODY))))
    return ask(address, f"/_stcore/upload_file/{session}/{file}", sent, method, body=BODY)


def begun(one: Session) -> str:
    one.run("overview")
    return one.session


def test_who_may_change_settings_sends_a_file_into_their_session_and_takes_it_back(behind: str) -> None:
    with opened(behind, by("bureau")) as one:
        session = begun(one)
        answer = put(behind, "bureau", session)
        assert answer.status == 204 and "sandbox" in answer.headers["content-security-policy"]
        assert put(behind, "bureau", session, method="DELETE").status == 204


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_else_sends_one_not_into_their_own_session_nor_into_anothers(behind: str, name: str) -> None:
    with opened(behind, by(name)) as one, opened(behind, by("bureau")) as other:
        for session in (begun(one), begun(other)):
            assert put(behind, name, session).status == 404
            assert put(behind, name, session, method="DELETE").status == 404


def test_a_session_that_is_not_theirs_takes_nothing(behind: str) -> None:
    with opened(behind, by("leader")) as other:
        assert put(behind, "bureau", begun(other)).status == 404
    assert put(behind, "bureau", "0" * 32).status == 404


@pytest.mark.parametrize(
    "length",
    [("Content-Length", str(MANY + 1)), ("Content-Length", "-1"), ("Content-Length", "1e3"),
     ("Transfer-Encoding", "chunked")],
)  # fmt: skip
def test_what_is_too_long_or_does_not_say_how_long_it_is_is_not_listened_to(
    behind: str, length: tuple[str, str]
) -> None:
    with opened(behind, by("bureau")) as one:
        assert put(behind, "bureau", begun(one), length).status in (400, 404)


@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS", "PATCH"])
def test_there_is_no_other_way_to_a_file(behind: str, method: str) -> None:
    with opened(behind, by("bureau")) as one:
        assert put(behind, "bureau", begun(one), method=method).status == 404


def test_a_page_of_another_site_sends_nothing(behind: str) -> None:
    with opened(behind, by("bureau")) as one:
        session = begun(one)
        assert put(behind, "bureau", session, ("Origin", "https://elsewhere.example")).status == 403
        assert put(behind, "bureau", session, ("Sec-Fetch-Site", "cross-site")).status == 403
        assert put(behind, "bureau", session, ("X-Xsrftoken", "another")).status == 403


def test_where_to_send_a_file_is_told_to_who_may(behind: str) -> None:
    with opened(behind, by("bureau")) as one:
        begun(one)
        one.line.send(message("file_urls_request"))
        assert any(m.WhichOneof("type") == "file_urls_response" for m in one.heard())


@pytest.mark.parametrize("name", OTHERS)
def test_where_to_send_a_file_is_told_to_nobody_else(behind: str, place: Path, name: str) -> None:
    with opened(behind, by(name)) as one:
        begun(one)
        noted = (place / "log").read_text(encoding="utf-8").count("was not passed on")
        one.line.send(message("file_urls_request"))
        assert eventually(
            (place / "log").read_text(encoding="utf-8").count("was not passed on") > noted for _ in range(200)
        ), "the guard does not say so"
        one.run("overview")
        assert "file_urls_response" not in {m.WhichOneof("type") for m in one.messages}
