"""What courts are called: texts that name one name nobody.
Which court a text means is decided by `courts`; here only the words count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from grammar.words import words
from pipelines.extracts.courts import register_of
from pipelines.layout import layout
from pipelines.settings.effective import load

_PROVINCE = (
    "(?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃"
    "|青海|内蒙古|广西|西藏|宁夏|新疆)(?:省|市|(?:壮族|回族|维吾尔)?自治区)?"
)
_CITY = f"(?:{'|'.join(sorted(words('cities')))})(?:市|地区|州|盟|[\u4e00-\u9fff]{{0,8}}自治州)?"
_PART = "[\u4e00-\u9fff]{1,5}?(?:自治县|自治旗|自治州|地区|开发区|新区|林区|矿区|市|县|区|旗|盟|州)"
_SPECIAL = (
    "(?:第[一二三四五六七八九十]{1,2}|生产建设兵团|兵团|师|中级|高级|铁路运输|海事|知识产权|互联网|金融|油田|林业|农垦)"
)
_COURT_NAME = re.compile(
    f"(?:最高|(?:{_PROVINCE}|{_CITY})(?:{_CITY})?(?:{_PART}){{0,3}}|[\u4e00-\u9fff]{{2,4}}(?:自治)?[区县市旗]){_SPECIAL}*"
    "(?:人民)?法院"
)


def is_court_name(text: str) -> bool:
    """Whether a text is built as the names of courts are, of whatever province: places that are known, and 法院."""
    return bool(_COURT_NAME.fullmatch(text))


def _short_names(names: Iterable[str]) -> Iterator[str]:
    """What files call a court beside its full name: 某区法院, 某区 for 某市某区人民法院."""
    for name in names:
        place = re.sub(r"(?:中级|高级)?(?:人民)?法院$", "", name)
        own = re.sub(r"^.{1,9}?(?:省|自治区|市|自治州|州|地区|盟)(?=.{2})", "", place)
        for part in {place, own}:
            yield from (part, f"{part}法院", f"{part}人民法院", f"{part}中院", f"{part}高院")


@cache
def courts() -> frozenset[str]:
    """Every code, name, alias and short name of a court of the installation."""
    settings = load(layout())
    register = register_of(settings.rows("courts"), settings.rows("court_aliases"))
    short = (row["short_name_zh"] for row in settings.rows("courts"))
    listed = (*register.by_name, *register.by_alias, *register.by_code, *short)
    return frozenset({*listed, *_short_names(register.names.values())})
