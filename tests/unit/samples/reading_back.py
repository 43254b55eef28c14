"""Reads delivered files back with nothing but the contracts, to check a sample independently of the receiving code.
What must hold of the rows belongs to the tests."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import polars as pl
from python_calamine import CalamineWorkbook

from pipelines.extracts.contracts import contract, vocabulary

SAMPLES = Path(__file__).parents[3] / "pipelines" / "samples"


def _courts() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, column in (("courts.csv", "name_zh"), ("court_aliases.csv", "alias_zh"), ("courts.csv", "case_prefix")):
        for path in SAMPLES.glob(f"*/settings/{name}"):
            with path.open(encoding="utf-8") as file:
                found |= {row[column]: row["court_code"] for row in csv.DictReader(file)}
    return found | {code: code for code in found.values()}


COURTS = _courts()


def read_file(kind: str, path: Path) -> pl.DataFrame:
    """Rows of one file as text under the contract's names."""
    if path.suffix == ".csv":
        data = path.read_bytes()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("gb18030")
        rows = pl.read_csv(text.encode(), infer_schema=False, truncate_ragged_lines=True)
    elif path.suffix == ".xlsx":
        header, *cells = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)
        texts = [[None if value == "" else str(value) for value in row] for row in cells]
        rows = pl.DataFrame(texts, schema=dict.fromkeys(header, pl.String), orient="row")
    elif path.suffix == ".parquet":
        rows = pl.read_parquet(path).cast(pl.String)
    elif path.suffix == ".json":
        rows = pl.read_json(path.read_bytes()).cast(pl.String)
    else:
        rows = pl.read_ndjson(path).cast(pl.String)
    names = {spelling: column.name for column in contract(kind).columns for spelling in column.spellings}
    return rows.rename({header: names[header] for header in rows.columns if header in names})


def _day(column: str) -> pl.Expr:
    """A date from any form that offices use; null if it is none."""
    text = pl.col(column).str.replace_all(r"[年月/]", "-").str.extract(r"^(\d{4}-\d{1,2}-\d{1,2})")
    return pl.coalesce(text.str.to_date("%Y-%m-%d", strict=False), pl.col(column).str.to_date("%Y%m%d", strict=False))


def read_kind(landing: Path, kind: str, columns: tuple[str, ...], days: tuple[str, ...] = ()) -> pl.DataFrame:
    """All rows of a kind with `columns` as text, `days` as dates, month, file time and resolved court (or null)."""
    frames = []
    for path in sorted(landing.glob(f"*/{kind}/*")):
        rows = read_file(kind, path)
        from_number = pl.col("case_number").str.extract(r"）(青\d*)") if "case_number" in rows.columns else pl.lit(None)
        court = pl.col("court_code") if "court_code" in rows.columns else from_number
        frames.append(
            rows.select(
                *columns,
                *(_day(day).alias(day) for day in days),
                court.replace_strict(COURTS, default=None, return_dtype=pl.String).alias("court"),
                pl.lit(date.fromisoformat(f"{path.parts[-3]}-01")).alias("month"),
                pl.lit(path.stat().st_mtime).alias("received"),
            )
        )
    return pl.concat(frames, how="vertical_relaxed")


def in_force(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of the last delivery of each court and month."""
    return rows.filter(pl.col("received") == pl.col("received").max().over("court", "month"))


def _yuan(column: str) -> pl.Expr:
    factor = pl.when(pl.col(column).str.ends_with("万元")).then(10_000).otherwise(1)
    return (pl.col(column).str.replace_all(r"[,万元]", "").cast(pl.Float64, strict=False) * factor).round(2)


def accepted_cases(landing: Path) -> pl.DataFrame:
    """Cases in force that a careful reader accepts: the latest state of each."""
    columns = ("case_id", "case_number", "case_type", "closing_mode", "claim_amount", "recovered_amount",
               "original_case_number", "preservation_case_number", "suspension_compliant")  # fmt: skip
    rows = read_kind(landing, "cases", columns, ("filed_date", "closed_date", "term_due_date"))
    types = [term.value for term in vocabulary("case_type")]
    closed, mode = pl.col("closed_date").is_not_null(), pl.col("closing_mode").is_not_null()
    sound = (
        pl.col("court").is_not_null(),
        pl.col("filed_date").is_not_null(),
        pl.col("case_type").is_in(types),
        closed == mode,
    )
    rows = rows.filter(*sound).with_columns(_yuan("claim_amount"), _yuan("recovered_amount"))
    rows = rows.drop_nulls("claim_amount").with_columns(pl.col("closing_mode").replace("终本", "终结本次执行程序"))
    return latest(in_force(rows), "case_id")


def latest(rows: pl.DataFrame, *key: str) -> pl.DataFrame:
    """The row of the latest month for each key."""
    return rows.sort("month", "received").unique(subset=list(key), keep="last", maintain_order=True)


def month_end(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
