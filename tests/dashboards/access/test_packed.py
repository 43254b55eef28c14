"""The server's own files are sent compressed to who can read that, whole, and each is compressed once."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient

from dashboards.access import packed
from dashboards.access.packed import Packed

SCRIPT = "const plotted = [1, 2, 3];\n" * 4000


@pytest.fixture
def files(tmp_path: Path) -> Packed:
    (tmp_path / "chart.js").write_text(SCRIPT, encoding="utf-8")
    (tmp_path / "short.js").write_text("let a = 1;", encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(bytes(5000))
    (tmp_path / "page.html").write_text("<p>" + "page " * 2000, encoding="utf-8")
    return Packed(Starlette(routes=[Mount("/static", StaticFiles(directory=tmp_path))]))


@pytest.fixture
def client(files: Packed) -> TestClient:
    return TestClient(files, headers={"accept-encoding": "identity"})


@pytest.mark.parametrize("offered", ["gzip", "gzip, deflate, br, zstd", "br;q=1.0, GZIP;q=0.8"])
def test_a_script_comes_compressed_and_is_the_file(client: TestClient, offered: str) -> None:
    with client.stream("GET", "/static/chart.js", headers={"accept-encoding": offered}) as answer:
        raw = b"".join(answer.iter_raw())
    assert answer.status_code == 200
    assert gzip.decompress(raw).decode() == SCRIPT
    assert answer.headers["content-encoding"] == "gzip" and answer.headers["vary"] == "Accept-Encoding"
    assert int(answer.headers["content-length"]) == len(raw) < len(SCRIPT) / 10
    assert answer.headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize("offered", ["", "identity", "br", "gzip;q=0", "gzip; q=0", "x-gzipped"])
def test_who_cannot_unpack_gets_the_file_as_it_is(client: TestClient, offered: str) -> None:
    answer = client.get("/static/chart.js", headers={"accept-encoding": offered})
    assert "content-encoding" not in answer.headers
    assert answer.text == SCRIPT


@pytest.mark.parametrize("name", ["short.js", "picture.png", "page.html", "missing.js"])
def test_what_is_no_large_text_file_is_left_alone(client: TestClient, name: str) -> None:
    bare = client.get(f"/static/{name}")
    asked = client.get(f"/static/{name}", headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in asked.headers
    assert (asked.status_code, asked.content) == (bare.status_code, bare.content)


def test_a_part_and_an_unchanged_copy_are_answered_by_the_file_itself(client: TestClient) -> None:
    gzipped = {"accept-encoding": "gzip"}
    part = client.get("/static/chart.js", headers=gzipped | {"range": "bytes=0-9"})
    assert (part.status_code, part.text) == (206, SCRIPT[:10])
    etag = client.get("/static/chart.js", headers=gzipped).headers["etag"]
    assert etag.startswith("W/")
    assert client.get("/static/chart.js", headers=gzipped | {"if-none-match": etag}).status_code == 304
    assert client.head("/static/chart.js", headers=gzipped).headers["content-length"] == str(len(SCRIPT))


def test_a_file_is_compressed_once_whatever_paths_lead_to_it_and_anew_when_it_changes(
    client: TestClient, files: Packed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    times, own = list[int](), gzip.compress

    def compressed(body: bytes, level: int, *, mtime: int) -> bytes:
        times.append(len(body))
        return own(body, level, mtime=mtime)

    monkeypatch.setattr(packed.gzip, "compress", compressed)
    gzipped = {"accept-encoding": "gzip"}
    for path in ("chart.js", "chart.js?a=1", "./chart.js", "chart.js"):
        assert client.get(f"/static/{path}", headers=gzipped).text == SCRIPT
    assert times == [len(SCRIPT)]
    (tmp_path / "chart.js").write_text(SCRIPT * 2, encoding="utf-8")
    assert client.get("/static/chart.js", headers=gzipped).text == SCRIPT * 2
    assert times == [len(SCRIPT), 2 * len(SCRIPT)]
