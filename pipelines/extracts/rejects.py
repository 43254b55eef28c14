"""Rejected and held rows as the rejects table shows them: worded, placed, and with every personal value masked.
Which rows are rejected is decided in `rows` and `reading`; nothing here changes a count."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pipelines.extracts.columns import Fault
from pipelines.extracts.contracts import Contract, contract, vocabulary
from pipelines.extracts.headers import HeaderMap
from pipelines.extracts.masking import Key, identifier, shown, shown_courts, shown_unread
from pipelines.extracts.messages import Message, placed, reason
from pipelines.extracts.reading.source import Broken
from pipelines.extracts.rows import HOLDING, Assessed


@dataclass(frozen=True)
class Delivery:
    """The delivery that rejected rows belong to; `file` is its name, `key` marks what is hidden in identifiers."""

    delivery_id: str
    kind: str
    extract_month: date
    file: str
    key: Key


@lru_cache(maxsize=4096)
def _said(kind: str, code: str, column: str | None, facts: tuple[tuple[str, object], ...]) -> Message:
    rules = contract(kind)
    if code.startswith("rule:"):
        rule = next(rule for rule in rules.row_rules if f"rule:{rule.code}" == code)
        return Message(rule.code, rule.message_zh, rule.message_en, rule.remedy_zh, rule.remedy_en)
    if code in ("not_in_vocabulary", "two_codes") and column:
        terms = vocabulary(rules.column(column).vocabulary or "")
        return reason(code, values="、".join(term.value for term in terms))
    return reason(code, **dict(facts))


def _row_text(rules: Contract, header_map: HeaderMap, row: dict[str, str | None], key: Key) -> str:
    """The delivered row as JSON by heading. Unknown columns are left out: what they hold may be personal."""
    told = {
        header_map.headings[name]: shown(rules.column(name), row[name], key)
        for name in header_map.positions
        if row[name] is not None
    }
    return json.dumps(told, ensure_ascii=False)


def _facts(fault: Fault, key: Key) -> tuple[tuple[str, object], ...]:
    """The facts of a fault; those that quote the row are told as its values are."""
    told = {"key": lambda text: identifier(text, key), "details": shown_courts}
    return tuple((name, told[name](str(value)) if name in told else value) for name, value in fault.facts)


def _record(delivery: Delivery, row: int, message: Message, text: str, **named: str | None) -> dict[str, object]:
    return {
        "delivery_id": delivery.delivery_id,
        "kind": delivery.kind,
        "extract_month": delivery.extract_month,
        "row_number": row,
        "disposition": "held" if message.code in HOLDING else "rejected",
        "court_code": named.get("court_code"),
        "column_name": named.get("column"),
        "header": named.get("header"),
        "value": named.get("value"),
        "reason_code": message.code,
        "reason_zh": message.zh,
        "reason_en": message.en,
        "remedy_zh": message.remedy_zh,
        "remedy_en": message.remedy_en,
        "row_text": text,
    }


def _of_row(
    delivery: Delivery,
    header_map: HeaderMap,
    found: list[Fault],
    row: int,
    court: str | None,
    values: dict[str, str | None],
) -> Iterator[dict[str, object]]:
    rules = contract(delivery.kind)
    key = delivery.key
    text = _row_text(rules, header_map, values, key)
    rejected = any(fault.code not in HOLDING for fault in found)
    for fault in found:
        said = _said(delivery.kind, fault.code, fault.column, _facts(fault, key))
        column = fault.column
        header = header_map.headings.get(column, rules.column(column).header) if column else None
        value = shown(rules.column(column), values[column], key) if column else None
        message = placed(said, delivery.file, row, header, value)
        record = _record(delivery, row, message, text, column=column, header=header, value=value, court_code=court)
        yield record | ({"disposition": "rejected"} if rejected else {})


def rejected_rows(delivery: Delivery, header_map: HeaderMap, assessed: Assessed) -> list[dict[str, object]]:
    """The rejects table's rows for a judged chunk: one for each row and reason."""
    found: list[dict[str, object]] = []
    for place, faults in sorted(assessed.faults.items()):
        values = assessed.raw.row(place, named=True)
        court, row = assessed.courts[place], assessed.rows[place]
        found += _of_row(delivery, header_map, faults, row, court, values)
    return found


def broken_rows(delivery: Delivery, broken: list[Broken]) -> list[dict[str, object]]:
    """The rows of the rejects table that could not be matched with the headings: of their cells nothing is known."""
    found = []
    for row in broken:
        message = placed(_said(delivery.kind, row.code, None, row.facts), delivery.file, row.row, None, None)
        text = json.dumps([shown_unread(cell) for cell in row.cells], ensure_ascii=False)
        found.append(_record(delivery, row.row, message, text))
    return found
