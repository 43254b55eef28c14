"""A message in words: every item as a sentence in the reader's language, as a page and as a workbook.
What is an item is decided in news; where the files lie, in box."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import duckdb
import pandas as pd

from dashboards import formats, sheets
from dashboards.month import Month
from dashboards.outbox.news import Item
from dashboards.queries import dimensions
from dashboards.rows import records
from dashboards.texts import Texts

STYLE = (
    "body{font:15px/1.6 'Noto Sans CJK SC','Microsoft YaHei',sans-serif;max-width:52em;margin:2em auto;color:#1d2733}"
    "h1{font-size:1.3em}p{color:#55626f}table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;padding:.35em .6em;border-bottom:1px solid #d8dee4;vertical-align:top}"
)


@dataclass(frozen=True)
class Words:
    """Names of courts and indicators, and the texts of one language."""

    t: Texts
    courts: Mapping[str, dict[str, Any]]
    indicators: Mapping[str, dict[str, Any]]

    def court(self, code: str) -> str:
        return self.t.name(self.courts.get(code, {}), "short_name") or code

    def indicator(self, code: str) -> str:
        return f"{code} {self.t.name(self.indicators.get(code, {}), 'short_name')}".strip()

    def sentence(self, item: Item) -> str:
        said = {**item.said, "court": self.court(item.court), "indicator": self.indicator(item.indicator)}
        if item.month:
            said["month"] = formats.month(Month.parse(item.month), self.t.lang)
        for name in ("value", "change"):
            if name in item.said:
                worded = formats.value if name == "value" else formats.change
                said[name] = worded(item.said[name], str(item.said["unit"]), self.t.lang)
        if "kinds" in item.said:
            said["kinds"] = self.t("word.comma").join(self.t(f"kind.{kind}") for kind in item.said["kinds"])
        if item.topic == "check":
            said["name"] = self.t.name(item.said)
        if item.topic == "objection":
            return self.t("outbox.objection", deed=self.t(f"objection_deed.{item.phrase[5:]}"), **said)
        return self.t(f"outbox.{item.phrase}", **said)


def words(cursor: duckdb.DuckDBPyConnection, t: Texts) -> Words:
    courts = {str(row["court_code"]): row for row in records(dimensions.courts(cursor))}
    indicators = {str(row["indicator_code"]): row for row in records(dimensions.indicators(cursor))}
    return Words(t, courts, indicators)


def files(said: Words, items: Sequence[Item], snapshot_id: str, month: Month) -> dict[str, bytes]:
    """File name → content: news.html and news.xlsx."""
    t = said.t
    title = t("outbox.title", month=formats.month(month, t.lang), n=len(items))
    under = [t("outbox.under", snapshot=snapshot_id), t("outbox.chance")]
    rows = [(t(f"topic.{item.topic}"), said.sentence(item)) for item in items]
    head = [t("outbox.topic"), t("outbox.what")]
    frame = pd.DataFrame(rows, columns=head)
    body = "".join(f"<tr><td>{escape(topic)}</td><td>{escape(line)}</td></tr>" for topic, line in rows)
    page = (
        f'<!doctype html><html lang="{t.lang}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{STYLE}</style></head><body><h1>{escape(title)}</h1>"
        + "".join(f"<p>{escape(line)}</p>" for line in under)
        + f"<table><tr>{''.join(f'<th>{escape(name)}</th>' for name in head)}</tr>{body}</table></body></html>"
    )
    return {"news.html": page.encode(), "news.xlsx": sheets.workbook(frame, [title, *under])}
