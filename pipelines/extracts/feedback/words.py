"""The words around what a page says, in Chinese and English, and the facts at its head.
What is wrong with a row and what to do about it is worded where it was judged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from pipelines.extracts.contracts import contract
from pipelines.extracts.feedback.pages import UNASSIGNED, Page
from pipelines.extracts.messages import Message

TITLE = "报送反馈 | What became of a delivered file"
BEIJING = timedelta(hours=8)
COUNTS: dict[str, Callable[[Page], int]] = {
    "接收的行 | rows taken": lambda page: page.accepted,
    "退回的行 | rows rejected": lambda page: page.rejected,
    "暂存的行 | rows held": lambda page: page.held,
    "换算的值 | values converted": lambda page: sum(s.values or 0 for s in page.summary),
}
KINDS_TOLD = {"rejected": "退回 | rejected", "held": "暂存 | held", "converted": "换算 | converted"}
ROWS = (
    "行 | row",
    "去向 | outcome",
    "列 | column",
    "所填 | value",
    "读作 | read as",
    "说明",
    "办法",
    "what",
    "remedy",
)
CONVERTED = ("列 | column", "值 | values", "换算", "办法", "conversion", "remedy")
MESSAGE = ("说明", "办法", "what", "remedy")


def about(page: Page) -> list[tuple[str, str]]:
    """File, kind, month, court and time of receipt, as label and value."""
    receipt, of = page.receipt, contract(page.receipt.kind)
    court = "未能确定法院 | no court known" if page.court == UNASSIGNED else f"{page.court_name} {page.court}"
    received = receipt.received + BEIJING
    verdict = "拒收：整个文件未接收 | refused as a whole" if receipt.refusal else "已接收 | taken in"
    return [
        ("法院 | court", court),
        ("文件 | file", receipt.file_name.encode("utf-8", "replace").decode()),
        ("种类 | kind", f"{of.name_zh} {of.name_en}"),
        ("月份 | month", receipt.extract_month),
        ("收到 | received", f"{received:%Y-%m-%d %H:%M}（北京时间 | Chinese time）"),
        ("结论 | verdict", verdict),
    ]


def messages(page: Page) -> list[tuple[str, str, str, str]]:
    """The refusal or the notices of the file: what and remedy in Chinese, then in English."""
    receipt = page.receipt
    said: list[Message] = [*([receipt.refusal] if receipt.refusal else ()), *receipt.notices]
    return [(one.zh, one.remedy_zh, one.en, one.remedy_en) for one in said]
