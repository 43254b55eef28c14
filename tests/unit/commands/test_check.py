"""`check` says of one file what receiving would do with it, by its exit status too, and leaves the tree as it was.
How rows are judged has its own tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipelines.__main__ import parser
from pipelines.commands import check, terminal
from tests.unit.extracts.conftest import FUNDS, MONTH, Clerk, case, clerk_at, csv_text, fund


@pytest.fixture
def clerk(tmp_path: Path) -> Clerk:
    return clerk_at(tmp_path)


@pytest.fixture(autouse=True)
def a_wide_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    console = terminal.Terminal(highlight=False, soft_wrap=True, width=240)
    monkeypatch.setattr(terminal, "console", console)
    monkeypatch.setattr(check, "console", console)


def everything(root: Path) -> dict[str, bytes | None]:
    return {str(path): path.read_bytes() if path.is_file() else None for path in sorted(root.rglob("*"))}


def test_a_file_that_is_sound_is_all_taken_and_nothing_of_it_stays(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    clerk.deliver([fund(1)], "earlier.csv")
    clerk.receive()
    path = clerk.deliver([fund(1), fund(2, 到账日期="2019/12/3")], "案款.csv")
    before = everything(tmp_path)
    assert check.run(clerk.layout, file=path) == 0
    assert everything(tmp_path) == before
    said = capsys.readouterr().out
    assert "全部 2 行会被接收 | all 2 rows would be taken" in said
    assert "3: 2019/12/3 → 2019-12-03" in said


def test_rows_that_would_not_be_taken_are_told_with_their_remedy_and_masked(
    clerk: Clerk, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        case(1),
        case(2, 立案日期="去年"),
        case(3, 被执行人="", 证件号码="630105198001011234000"),
        case(4, 法院代码="某某法院"),
    ]
    path = clerk.deliver(rows, "a.csv", kind="cases")
    status = check.run(clerk.layout, file=path)
    receipt = clerk.receive("cases")
    said = capsys.readouterr().out
    lost = receipt.rejected + receipt.held
    assert status == 3 and lost and f"{lost} rows would not be taken" in said
    for row in clerk.rejects("cases"):
        assert row["reason_zh"] in said and row["remedy_en"] in said
    assert "630105198001011234" not in said and "张三" not in said


def test_no_line_names_a_person_out_of_the_file_s_name(clerk: Clerk, capsys: pytest.CaptureFixture[str]) -> None:
    name, told = "张甲13812345678.csv", []
    paths = [clerk.deliver(rows, name, kind="cases") for rows in ([case(1)],)]
    told += [check.run(clerk.layout, file=path) for path in paths]
    clerk.deliver([case(1, 立案日期="去年")], name, kind="cases")
    told.append(check.run(clerk.layout, file=paths[0]))
    paths[0].write_bytes(b"")
    told.append(check.run(clerk.layout, file=paths[0]))
    told.append(check.run(clerk.layout, file=paths[0].with_name(f"没有_{name}")))
    told.append(check.run(clerk.layout, file=clerk.layout.data / name))
    said = capsys.readouterr()
    assert told == [0, 3, 1, 2, 2]
    assert "张甲" not in said.out + said.err and "138123" not in said.out + said.err


def test_twenty_rows_are_shown_and_all_are_counted(clerk: Clerk, capsys: pytest.CaptureFixture[str]) -> None:
    path = clerk.deliver([fund(number, 到账金额="五千") for number in range(33)], "a.csv")
    assert check.run(clerk.layout, file=path) == 3
    said = capsys.readouterr().out
    assert said.count("· 退回 | rejected") == check.SHOWN
    assert "33 rows would not be taken" in said


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("a.csv", ",".join(FUNDS[1:]) + "\n" + "x\n", "拒收"),
        ("a.pdf", "%PDF", "拒收"),
        ("~$a.xlsx", "x", "临时文件"),
        (".a.csv", csv_text([fund(1)]), "临时文件"),
    ],
)
def test_a_file_that_would_be_refused_or_passed_over_is_told(
    clerk: Clerk, name: str, content: str, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = clerk.deliver(content, name)
    assert check.run(clerk.layout, file=path) == 1
    assert word in capsys.readouterr().out


def test_a_link_is_refused_as_receiving_refuses_it(clerk: Clerk) -> None:
    path = clerk.deliver([fund(1)], "a.csv")
    link = path.with_name("b.csv")
    link.symlink_to(path)
    assert (check.run(clerk.layout, file=link), check.run(clerk.layout, file=path)) == (1, 0)


def test_kind_and_month_come_from_the_folder_or_from_the_options(
    clerk: Clerk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "案款.csv"
    file.write_text(csv_text([fund(1)]), encoding="utf-8")
    assert check.run(clerk.layout, file=file) == 2
    assert "KIND=" in capsys.readouterr().out
    assert check.run(clerk.layout, file=file, kind="funds", month=MONTH) == 0
    assert check.run(clerk.layout, file=tmp_path / "none.csv", kind="funds", month=MONTH) == 2
    asked = parser(["check"]).parse_args(["check", str(file), "--kind", "funds", "--month", MONTH])
    assert (asked.file, asked.kind, asked.month) == (file, "funds", MONTH)


def test_a_name_in_gbk_is_printed_so_that_every_terminal_can_show_it(
    clerk: Clerk, capsys: pytest.CaptureFixture[str]
) -> None:
    name = os.fsdecode("西宁案款.csv".encode("gbk"))
    assert check.run(clerk.layout, file=clerk.deliver([fund(1)], name)) == 0
    assert check.run(clerk.layout, file=clerk.deliver([fund(1, 到账日期="昨天")], name)) == 3
    assert check.run(clerk.layout, file=clerk.deliver("", name)) == 1
    said = capsys.readouterr().out
    assert said.encode().decode() == said
    assert said.count("\\xce\\xf7") >= 3
