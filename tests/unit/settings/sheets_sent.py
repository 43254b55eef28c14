"""Sheets as the settings page writes them, for the tests of what becomes of them.
What is asserted belongs to the tests."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime

import xlsxwriter

from pipelines.layout import Layout
from pipelines.settings import handover

HEADERS = "指标代码,权重,起始,截止,是否已定\n"
GOOD = HEADERS + "QX01,3,2026-01-01,,true\n"
NUMBERS = iter(range(1, 1000))


def send(
    where: Layout, content: str | bytes = GOOD, table: str = "indicator_weights", name: str = "", by: str = "wang"
) -> handover.Sent:
    """As a page writes it."""
    data = content.encode() if isinstance(content, str) else content
    number = f"20260101T000000-{next(NUMBERS):08x}"
    folder = where.handover / number
    folder.mkdir(parents=True)
    (folder / "sheet").write_bytes(data)
    said = {"table": table, "name": name or f"{table}.csv", "sha256": hashlib.sha256(data).hexdigest(), "by": by}
    (folder / "said.json").write_text(json.dumps({**said, "at": datetime.now(UTC).isoformat()}), encoding="utf-8")
    return handover.sent(where, number)


def handed(where: Layout, one: handover.Sent, by: str = "li") -> handover.Sent:
    said = {"by": by, "at": datetime.now(UTC).isoformat()}
    (one.folder / "handed.json").write_text(json.dumps(said), encoding="utf-8")
    return one


def codes(where: Layout, one: handover.Sent) -> list[str]:
    """The answer as it stands beside the sheet."""
    told = [each.code for each in handover.answer(where, one)]
    assert [each["code"] for each in one.said("answer.json")["faults"]] == told
    return told


def workbook(place: tuple[int, int] = (1, 0)) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"created": datetime(2026, 1, 1, tzinfo=UTC)})  # or two of them would differ by the second
    sheet = book.add_worksheet()
    for column, header in enumerate(HEADERS.strip().split(",")):
        sheet.write_string(0, column, header)
    for column, value in enumerate(("QX01", "3", "2026-01-01", "", "true")):
        sheet.write_string(1, column, value)
    sheet.write_string(*place, "QX01")
    book.close()
    return target.getvalue()


def with_member(book: bytes, name: str, content: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content)
    return target.getvalue()
