"""Synthetic persons in every kind of place of a month's deliveries, refused, rejected and accepted ones.
What must come of them is claimed by the tests that walk the tree afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from tests.unit.extracts.conftest import Row, csv_text, file_bytes
from tests.unit.extracts.odd_places import SECRETS as IN_ODD_PLACES
from tests.unit.extracts.odd_places import files
from tests.walking import contents

MONTH, COURT = "2016-06", "格尔木市人民法院"
PHONE, CARD, MAIL, LANDLINE = "13812345678", "6222021234567890128", "zhang.san@example.com", "0971-6123456"
NUMBER = "630102198001011234"
ENCODINGS = ("utf-8", "gb18030", "utf-16-le")
SECRETS = (*IN_ODD_PLACES, PHONE, CARD, MAIL, LANDLINE, "张三", "李四", "赵六")
TOLD = f"联系人：李四，电话{PHONE}；张三（{MAIL}），{NUMBER}，赵六名下，卡号{CARD}，{LANDLINE}"
CASE: Row = {
    "案号": "（2016）青2801执9001号", "法院名称": COURT, "案件类型代字": "执", "立案日期": "2016-05-03",
    "申请执行标的金额": "5000", "被执行人": "张甲、王丙等3人", "证件号码": "", "承办人": "李乙丙",
}  # fmt: skip


def _dated(row: Row) -> Row:
    return {name: str(value).replace("2019-12", MONTH).replace("2019", "2016") for name, value in row.items()}


def accepted() -> dict[str, list[Row]]:
    """Rows by kind that are taken in and published, with a person in every column that is written freely."""
    told = {"案由": f"买卖合同纠纷（原告王丙，被告张甲），{TOLD}"}
    lot = {"标的物标识": "PLOT1", "案件标识": "PLANT1", "法院名称": COURT, "轮次": "一拍", "评估价": "90000",
           "起拍价": "63000", "公告日期": "2016-05-08", "拍卖日期": "2016-06-10", "结果": "流拍"}  # fmt: skip
    listing = {"失信标识": "PLIST1", "案号": CASE["案号"], "法院名称": COURT, "姓名/名称": "王丙", "证件号码": NUMBER,
               "主体类型": "自然人", "失信情形": "违反财产报告制度", "发布日期": "2016-06-03",
               "应删除事由发生日期": "2016-06-20"}  # fmt: skip
    petition = {"信访标识": "PPET1", "法院名称": COURT, "案号": CASE["案号"], "交办日期": "2016-06-03"}
    order = {"委托标识": "PENT1", "委托法院": "张甲", "受托法院": COURT, "受理时间": "2016-06-03 10:00:00"}
    return {
        "cases": [CASE | told | {"案件标识": f"PLANT{n}", "案号": f"（2016）青2801执900{n}号"} for n in (1, 2)],
        "auctions": [lot | {"财产类型": f"住宅（{TOLD}）"}],
        "defaulters": [listing | {"应删除事由": f"履行完毕，{TOLD}"}],
        "petitions": [petition | {"交办来源": TOLD}],
        "entrustments": [order | {"委托事项": f"查询财产，{TOLD}"}],
    }


def plant(data: Path) -> None:
    """Deliver all of it for `MONTH`, each accepted kind in a format of its own."""
    landing = data / "landing" / MONTH
    for kind, name, content in files(_dated):
        _put(landing / kind / name, content)
    endings = ("csv", "xlsx", "json", "jsonl", "parquet")
    for (kind, rows), ending in zip(accepted().items(), endings, strict=True):
        _put(landing / kind / f"{COURT}_更正_张甲{PHONE}.{ending}", file_bytes(rows, ending))
    _put(landing / "funds" / f"王丙{NUMBER}_{PHONE}.json", json.dumps({"张甲": TOLD}, ensure_ascii=False).encode())
    _put(landing / "funds" / f"{COURT}_{PHONE}.csv", csv_text([{"案款标识": TOLD, "张甲": TOLD}]).encode())


def _put(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def naming(root: Path, names: Iterable[str]) -> list[tuple[str, str]]:
    """Which files below which folders of `root` say which secret; their names count as theirs."""
    wanted = [(secret, secret.encode(encoding)) for secret in SECRETS for encoding in ENCODINGS]
    found = set()
    for path in (path for name in names for path in (root / name).rglob("*")):
        where = str(path.relative_to(root))
        said = [where.encode(), *(contents(path) if path.is_file() else ())]
        found |= {(where, secret) for secret, word in wanted if any(word in content for content in said)}
    return sorted(found)
