"""Installations of other shapes: what a newcomer sets and finds delivered, the paper's steps, and the delivered files
counted with plain readers, as a second way to the figures. What is expected belongs to the tests."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from python_calamine import load_workbook

from pipelines.samples import generate
from pipelines.samples.generation import samples, settings_of
from tests.integration.world import REPOSITORY, RUN_SECONDS, environment

PAPER = (REPOSITORY / "docs/how-to/set-up-a-province.md").read_text(encoding="utf-8")

CITY = ("T10", "T11", "T13", "T14")
SECOND = ("C00", "C10", "C11", "C12")
ENGLISH = {
    "case_id": "案件标识",
    "filed_date": "立案日期",
    "closed_date": "结案日期",
}
HEAD = "海津市高级人民法院执行局"
MUNICIPALITY = (
    ("J00", "津", "海津市高级人民法院", "high", ""),
    ("J10", "津01", "海津市第一中级人民法院", "intermediate", "J00"),
    ("J20", "津02", "海津市第二中级人民法院", "intermediate", "J00"),
    ("J72", "津72", "海津海事法院", "intermediate", "J00"),
    ("J73", "津73", "海津知识产权法院", "intermediate", "J00"),
    ("J74", "津74", "海津金融法院", "intermediate", "J00"),
    ("J11", "津0101", "海津市河东区人民法院", "basic", "J10"),
    ("J12", "津0102", "海津市河西区人民法院", "basic", "J10"),
    ("J13", "津0191", "海津互联网法院", "basic", "J10"),
    ("J21", "津0201", "海津市南关区人民法院", "basic", "J20"),
    ("J22", "津0202", "海津市北关区人民法院", "basic", "J20"),
)
LETTERHEADS = {
    "QH": ("青海", "青海高院执行局"),
    "CS": ("海滨", "海滨高院执行局"),
}


@dataclass(frozen=True)
class Paper:
    """A meeting pack that is asked for: what `make bulletin` is told, the words above it, and its province's courts."""

    month: str
    letterhead: str
    province: str = ""
    files: str = "*"  # that province's deliveries


@dataclass(frozen=True)
class Shape:
    """An installation: how its settings and deliveries are written into a data tree, and the packs made of it."""

    write: Callable[[Path], None]
    papers: tuple[Paper, ...]


def make(data: Path, goal: str, **said: str) -> str:
    """A goal that the paper gives with variables of these names, run as `make` says that it would run it; its words."""
    given = {
        frozenset(re.findall(r"(\w+)=", spoken)) for spoken in re.findall(rf"`make {goal}((?: \w+=[^` ]+)*)`", PAPER)
    }
    assert frozenset(said) in given, f"{goal} with {sorted(said)} is not in the paper: {given}"
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    asked = ["make", "--no-print-directory", "-n", goal, *(f"{name}={value}" for name, value in said.items())]
    told = subprocess.run(asked, cwd=REPOSITORY, env=ours, capture_output=True, text=True, check=True).stdout
    (line,) = [line for line in told.splitlines() if " -m pipelines " in line]
    command = line.replace(".venv/bin/python", sys.executable)
    done = subprocess.run(
        ["bash", "-c", command], cwd=REPOSITORY, env=environment(data), capture_output=True, text=True,
        timeout=RUN_SECONDS, check=False,
    )  # fmt: skip
    assert done.returncode == 0, (command, done.stdout[-4000:], done.stderr[-2000:])
    return done.stdout


def walk(shape: Shape, data: Path) -> Path:
    """From nothing to the packs, by the paper's commands."""
    make(data, "settings")
    shape.write(data)
    make(data, "settings", CHECK="1")
    make(data, "run", SERVE="0")
    for paper in shape.papers:
        make(data, "bulletin", M=paper.month, **({"PROVINCE": paper.province} if paper.province else {}))
    return data


def register(sample: str, courts: Iterable[str] = (), table: str = "courts") -> list[dict[str, str]]:
    """A sample's courts, or what another table says of them; of all or of the named ones."""
    wanted = tuple(courts)
    with (settings_of(sample) / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.DictReader(file) if not wanted or row["court_code"] in wanted]


def strangers(courts: Iterable[str]) -> set[str]:
    """The names of every sample's provinces and courts, those of the installation's own aside."""
    own = "".join(courts)
    said = {row[column] for sample in samples() for row in register(sample) for column in ("name_zh", "short_name_zh")}
    return {name for name in said | {"青海", "海滨", "甘孜"} if name not in own}


def city(data: Path) -> None:
    """An intermediate court and three below it: nobody above, no other jurisdiction."""
    rows = register("qinghai", CITY)
    _write(
        data / "settings/courts.csv",
        [row | {"parent_court_code": ""} if row["court_code"] == "T10" else row for row in rows],
    )
    _write(data / "settings/court_aliases.csv", register("qinghai", CITY, "court_aliases"))
    said = _named("西宁中院", "Xining") + 'letterhead_zh = "西宁中院执行局"\nletterhead_en = "Xining"\n'
    (data / "settings/installation.toml").write_text(said, encoding="utf-8")
    generate(data / "landing", cases=200, courts=CITY, months=2)


def municipality(data: Path) -> None:
    """No prefectures: numbered intermediate courts, districts below them, and three special courts of their own."""
    rows = [
        {
            "court_code": code, "case_prefix": prefix, "name_zh": name, "name_en": code, "level": level,
            "short_name_zh": name.replace("人民法院", ""), "short_name_en": code, "parent_court_code": above,
            "province_code": "HJ", "sort_order": str(place),
        }
        for place, (code, prefix, name, level, above) in enumerate(MUNICIPALITY)
    ]  # fmt: skip
    _write(data / "settings/courts.csv", rows)
    said = f'letterhead_zh = "{HEAD}"\nletterhead_en = "HJ"\n[provinces.HJ]\n{_named("海津", "HJ")}'
    (data / "settings/installation.toml").write_text(_named("海津高院", "HJ") + said, encoding="utf-8")
    # The generator makes the first sample's province: these are made as courts of that one.
    as_sample = data.parent / "as_sample.csv"
    _write(as_sample, [row | {"province_code": "QH"} for row in rows])
    generate(data / "landing", cases=260, months=2, courts_file=as_sample)


def two(data: Path) -> None:
    """Two provinces, the second a month behind the first."""
    first, second = register("qinghai", ("T00", *CITY)), register("coastal", SECOND)
    _write(data / "settings/courts.csv", first + second)
    _write(data / "settings/court_aliases.csv", register("qinghai", CITY, "court_aliases"))
    said = [
        f'[provinces.{code}]\n{_named(name, code)}letterhead_zh = "{head}"\nletterhead_en = "{code}"\n'
        for code, (name, head) in LETTERHEADS.items()
    ]
    (data / "settings/installation.toml").write_text("".join(said), encoding="utf-8")
    generate(data / "landing", cases=200, courts=("T00", *CITY), months=3)
    # The generator makes the first sample's province: the second's courts are made as further ones of it.
    both, behind = data.parent / "both.csv", data.parent / "behind"
    _write(both, first + [row | {"province_code": "QH"} for row in second])
    generate(behind, cases=150, courts=SECOND, months=2, courts_file=both)
    for file in behind.rglob("*.*"):
        place = data / "landing" / file.relative_to(behind)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, place.with_name(f"二{place.name}"))


def counted(data: Path, files: str, refused: Collection[tuple[str, int]]) -> tuple[Counter[str], Counter[str], int]:
    """Cases filed and closed by month (`YYYY-MM`), and those open at the end.

    `refused` are the rows that the run has told of, by file and number. A correction counts in the stead of what it
    corrects; of every case the row of its last month.
    """
    found = sorted((data / "landing").glob(f"*/cases/{files}"))
    counts = {re.sub("_[^_]*更正$", "", f"{file.parts[-3]} {file.stem}"): file for file in found}
    last: dict[str, tuple[str, str]] = {}
    for file in counts.values():
        lines = [[ENGLISH.get(cell, cell) for cell in line] for line in _lines(file)]
        head = next(number for number, line in enumerate(lines) if "案件标识" in line)
        for number, line in enumerate(lines[head + 1 :], head + 2):
            row = dict(zip(lines[head], line, strict=False))
            is_case = row["案件标识"].isdigit()  # and no line of totals
            if is_case and (file.relative_to(data / "landing").as_posix(), number) not in refused:
                last[row["案件标识"]] = _month(row["立案日期"]), _month(row["结案日期"])
    filed, closed = Counter(day for day, _ in last.values()), Counter(day for _, day in last.values())
    return filed, closed, closed.pop("")


def _lines(file: Path) -> list[list[str]]:
    if file.suffix == ".parquet":
        table = pl.read_parquet(file)
        return [table.columns, *([str(cell or "") for cell in row] for row in table.rows())]
    if file.suffix == ".xlsx":
        return [[str(cell) for cell in row] for row in load_workbook(str(file)).get_sheet_by_index(0).to_python()]
    raw = file.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030")
    return list(csv.reader(text.splitlines()))


def _month(text: str) -> str:
    """Of 2018-11-05, 2018/11/5, 2018年11月5日, 20181105 or a timestamp; empty when empty."""
    if re.fullmatch(r"\d{8}", text):
        return f"{text[:4]}-{text[4:6]}"
    parts = re.findall(r"\d+", text)
    return f"{parts[0]}-{int(parts[1]):02}" if parts else ""


def _named(zh: str, en: str) -> str:
    return f'name_zh = "{zh}"\nname_en = "{en}"\n'


def _write(file: Path, rows: list[dict[str, str]]) -> None:
    names = list(dict.fromkeys(name for row in rows for name in row))
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as handle:
        table = csv.DictWriter(handle, names)
        table.writeheader()
        table.writerows(rows)


SHAPES = {
    "city": Shape(city, (Paper("2016-04", "西宁中院执行局"),)),
    "municipality": Shape(municipality, (Paper("2016-04", HEAD),)),
    "two": Shape(
        two,
        (Paper("2016-05", LETTERHEADS["QH"][1], "QH", "[!二]*"), Paper("2016-04", LETTERHEADS["CS"][1], "CS", "二*")),
    ),
}
