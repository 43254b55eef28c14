"""What is no money: things that are counted, areas and weights, shares, prices of one square metre.
Only the words; what a column under such a word comes to is said by those who ask."""

from __future__ import annotations

import re

COUNTS = "件人次户名天个宗笔份台套页条项处起日年月%％‰辆间栋只亩"
_THINGS = re.compile(
    rf"[{COUNTS}吨克斤米枚箱桶股张把支瓶头匹艘架部只本卷份封片幅颗]|[人件户批场轮]次|人员|案件|公斤|千克|公里|公顷|平方米|平米|㎡|m2|m²"
    r"|立方米|工作日|天数|小时|分钟|个月|百分比|百分点|人数|件数|次数|kg|km|t|pcs?|items?|cases?|persons?|days?",
    re.IGNORECASE,
)
_PER = "㎡|平方米|平米|m2|m²|平|亩|公顷|吨|公斤|千克|kg|股|年|月|日|天|小时|季"
_PER_THING = re.compile(rf"(?:[元圆]|[十百千万亿佰仟萬億]+)(?:/|每)(?:{_PER})(?!\d)", re.IGNORECASE)
_PER_ONE = re.compile(rf"每(?:一?个?)?(?:{_PER}|件|人|户|辆|套)|单价")
AREAS = ("㎡", "m2", "m²", "平方米", "平米", "亩", "公顷")
_OTHERWISE = re.compile(
    r"[%％‰折]|百分[比数率点]|比[例率]|占比|倍数?|折[扣率]|成数?|ratio|rate|percent(?:age)?|pct", re.IGNORECASE
)


def is_thing(bare: str) -> bool:
    """Whether a folded text names what is counted or measured, and nothing else: 件, 人次, 吨, 平方米."""
    return bool(_THINGS.fullmatch(bare))


def is_price_of_one(bare: str) -> bool:
    """Whether a folded text speaks of money by the square metre, the month and the like."""
    return bool(_PER_THING.search(bare))


def is_share(bare: str) -> bool:
    """Whether a folded text says that what it names is neither an amount nor a count: %, 折, 元/平方米."""
    return bool(_OTHERWISE.fullmatch(bare) or _PER_THING.search(bare) or _PER_ONE.fullmatch(bare))
