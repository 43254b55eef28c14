"""Encodings: what is UTF-8 or GB18030 is read to the last character, and nothing is ever guessed into mojibake.
Bytes in, encoding or refusal out; rows have their own tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.extracts.encoding import detect
from pipelines.extracts.messages import FileRefusedError

TEXT = "案号,姓名\r\n（2019）青0104执1号,䶮小龙𠮷田㛃\r\n"


@pytest.mark.parametrize(
    ("codec", "name"), [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8-BOM"), ("gb18030", "GB18030"), ("utf-16", "UTF-16")]
)
def test_rare_characters_survive_every_accepted_encoding(tmp_path: Path, codec: str, name: str) -> None:
    path = tmp_path / "名单.csv"
    path.write_bytes(TEXT.encode(codec))
    encoding = detect(path)
    assert encoding.name == name
    assert path.read_bytes().decode(encoding.codec) == TEXT


def test_plain_ascii_is_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"case_id,court_code\n1,T14\n")
    assert detect(path).name == "UTF-8"


def test_gb18030_that_begins_far_into_a_file_is_found(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n" + b"1,2\n" * (1 << 21) + "旧存,3\n".encode("gb18030"))
    assert detect(path).name == "GB18030"


REFUSED = {
    "utf-16 that breaks off inside a character": (TEXT.encode("utf-16")[:-1], "truncated", 2),
    "utf-16 with half a character": (TEXT.encode("utf-16") + b"\x00\xdcx\x00", "damaged_text", 3),
    "utf-32": (TEXT.encode("utf-32"), "utf16", None),
    "utf-16 without a mark": ("case_id,b\n1,2\n".encode("utf-16-le") * 20, "utf16", None),
    "a nul byte": (TEXT.encode() + b"x,\0\n", "nul_bytes", 3),
    "utf-8 with a bad byte in row 3": (TEXT.encode() + b"\xff,x\n", "damaged_text", 3),
    "utf-8 with a mark and a bad byte": (TEXT.encode("utf-8-sig") + b"\xb0\xb8\n", "damaged_text", 3),
    "utf-8 that breaks off inside a character": (TEXT.encode() + "案".encode()[:2], "truncated", 3),
    "gb18030 that breaks off inside a character": (TEXT.encode("gb18030") + "案".encode("gb18030")[:1], "truncated", 3),
    "neither": (b"a,b\n\xff\xfe\xff,\xff\n", "unknown_encoding", 2),
}


@pytest.mark.parametrize("name", REFUSED)
def test_damaged_text_is_refused_and_never_read_as_another_encoding(tmp_path: Path, name: str) -> None:
    content, code, row = REFUSED[name]
    path = tmp_path / "名单.csv"
    path.write_bytes(content)
    with pytest.raises(FileRefusedError) as raised:
        detect(path)
    message = raised.value.message
    assert message.code == code
    assert "名单.csv" in message.zh
    assert "名单.csv" in message.en
    if row:
        assert f"第 {row} 行" in message.zh
        assert f"row {row}" in message.en
