"""Sheets to start from: every table that an installation may fill in, with Chinese headers and remarks.
Courts that deliveries name and the register lacks are put into the register's sheet as remarks."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import duckdb

from pipelines.layout import Layout
from pipelines.settings.installation import FILE as INSTALLATION
from pipelines.settings.tables import ENDINGS, REASON_ZH, Table, tables

SAID = """\
# 本院的设置。以 # 开头的行是说明。 | The installation's settings. Lines that begin with # are remarks.
# 院名和发文名称 | what the court is called, and what papers are headed with
# name_zh = "某某省高级人民法院"
# name_en = "High People's Court"
# letterhead_zh = "某某省高级人民法院执行局"
# letterhead_en = "Enforcement Bureau"

# 页面默认的统计窗口 | the window that pages show at first
# default_window = "rolling_12m"  # month, ytd, rolling_12m, rolling_36m, stat_year（上年十二月至当年十一月）

# 每年此日以后，次年的口径冻结：其后的改动自再下一年起适用，及于已冻结年度的改动不予接受
# after this day of each year the next year's criteria are frozen: later changes apply from the year after,
# and what would change a frozen year is refused
criteria_freeze = "12-02"

# 看板和 Dagster 在哪里打开；takes_in_by_itself = true：报送齐全并静止后，以及截止日次日，自动接收并发布
# where dashboards and Dagster open; true: complete and quiet deliveries, and those due, are taken in by themselves
# [service]
# address = "127.0.0.1"
# port = 8501
# dagster_port = 3000
# takes_in_by_itself = false

# 提醒除写入 data/outbox 外，另发往内网的邮件服务器或接口；不写即不发送
# alerts go to a mail server or a webhook of the closed network as well; nothing is sent where nothing is said
# [outbox]
# smtp = "10.1.2.3:25"
# smtp_security = "starttls"  # none, starttls, tls（需登录时不可为 none；口令见 ENFORCEMENT_SMTP_PASSWORD_FILE）
# smtp_user = "enforcement"  # 登录名 login; its password is never written here
# sender = "enforcement@court.example"
# webhook = "http://10.1.2.3:8080/alerts"
# [outbox.addresses]  # 读者 reader = 邮箱 mail address
# "user" = "user@court.example"

# 省份代码照 courts.csv | codes of provinces as in courts.csv
# [provinces.XX]
# name_zh = "某某"
# name_en = "Province"
"""
RULE = "# 同一项以本院的行为准，全国目录的行在前一日截止 | of one key your row counts, the catalogue's ends"
GROUPED = "# 同类组：留空按审级；专门法院填 peer_groups.csv 另设的组 | empty: by level; others: see peer_groups.csv"


def write(layout: Layout) -> list[Path]:
    """Write what is not there yet; the files written. What exists is left alone."""
    layout.settings.mkdir(parents=True, exist_ok=True)
    written = []
    for name, table in tables().items():
        if not any((layout.settings / f"{name}{ending}").exists() for ending in ENDINGS):
            written.append(_put(layout.settings / f"{name}.csv", _sheet(layout, table)))
    if not (layout.settings / INSTALLATION).exists():
        written.append(_put(layout.settings / INSTALLATION, SAID))
    return written


def _put(path: Path, text: str) -> Path:
    # With a mark at its beginning spreadsheet programs read it as UTF-8.
    path.write_text(text, encoding="utf-8-sig" if path.suffix == ".csv" else "utf-8")
    return path


def _sheet(layout: Layout, table: Table) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    headers = [column.zh for column in table.columns] + ([REASON_ZH] if table.from_column else [])
    writer.writerow(headers)
    needed = "、".join(column.zh for column in table.columns if column.is_required)
    out.write(f"# {table.zh}；必填 | needed: {needed}\n{RULE}\n")
    if table.name == "courts":
        out.write(f"{GROUPED}\n")
        for name in _unknown_courts(layout):
            out.write(f"# 报送中出现而名册中没有 | named by deliveries, not in the register: {name}\n")
    return out.getvalue()


def _unknown_courts(layout: Layout) -> list[str]:
    """What deliveries call courts that nobody knows, as their rejected rows say it."""
    found = sorted(layout.rejects.rglob("*.parquet"))
    if not found:
        return []
    with duckdb.connect() as connection:
        rows = connection.execute(
            """
            select distinct value from read_parquet($files, hive_partitioning = false)
            where reason_code = 'court_unknown' and value <> '' order by value
            """,
            {"files": [str(path) for path in found]},
        ).fetchall()
    return [str(value) for (value,) in rows]
