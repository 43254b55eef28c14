"""Names of files as messages, receipts and tables give them: words that are known here, and of all others one letter.
A file itself keeps its name in landing; two names that look alike when they are hidden bear different marks."""

from __future__ import annotations

from functools import cache
from pathlib import PurePosixPath

from pipelines.extracts.contracts import KINDS, contract
from pipelines.extracts.courts import load_register
from pipelines.extracts.masking.numbers import without_numbers
from pipelines.extracts.masking.values import Key, headings, mark
from pipelines.extracts.masking.words import NUMERALS, only_known
from pipelines.layout import REPOSITORY

CHARACTERS = NUMERALS + "年月日号第份期次季度版本册上下半初末批"
WORDS = frozenset(
    "全省 全市 全州 全县 全院 全区 其他地区 其他 地区 本院 本月 补报 更正 重报 修正 修订 补充 撤回 月报 报表 报送 报告 数据 明细 汇总 "
    "台账 说明 清单 名单 附件 工作簿 工作表 系统 导出 备份 终稿 初稿 定稿 最终 新版 旧版 测试 样例 示例 案件 执行 执行案件 法院 人员 编制 "
    "csv xlsx json jsonl parquet txt data export exports new old final copy file files test sheet report part batch table book "
    "utf gbk gb utf8 ok v2 ver version month year case fund node one two three more again big small wrong bad good empty sample "
    "open late first second third last plain notes next court courts extract delivery deliveries".split()
)  # fmt: skip
ENDINGS = frozenset(
    "csv xlsx json jsonl parquet xls xlsm xlsb xml html htm pdf doc docx txt tsv zip rar 7z gz tar ods odt dbf mdb et wps "
    "sql md log dat db sqlite ppt pptx png jpg jpeg".split()
)  # fmt: skip


@cache
def _known() -> frozenset[str]:
    register = load_register(REPOSITORY / "dbt_project" / "seeds")
    courts = {*register.by_name, *register.by_alias, *register.names.values(), *register.by_code}
    names = {name for kind in KINDS for name in (contract(kind).name_zh, kind)}
    return frozenset({*WORDS, *names, *courts, *(word for word in headings() if len(word) > 2)})


def known_ending(name: str) -> str:
    """The ending of a file's name without its dot, lower case; empty when it is none that programs use."""
    ending = PurePosixPath(name).suffix.lower().removeprefix(".")
    return ending if ending in ENDINGS else ""


def shown_file(name: str, key: Key | None = None) -> str:
    """A file's name, or its path in landing, with known words alone; with a `key` a name that lost any gets a mark."""
    ending = known_ending(name)
    stem = name[: -len(ending) - 1] if ending else name
    shown = only_known(without_numbers(stem), _known(), CHARACTERS)
    if shown != stem and key is not None:
        shown += f"~{mark(key(), stem)}"
    return f"{shown}.{ending}" if ending else shown
