"""What sentences say of the money that amounts are in: another currency, or a scale in other words than a unit's name.
Such a sentence leaves open what the amounts are; units by their names are read in `units`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.extracts.values import fold_width

# What other currencies are called: wherever a unit is looked for, one of them is no yuan.
FOREIGN = (
    "美元|美金|港元|港币|港幣|日元|日圆|日币|日幣|欧元|英镑|澳元|澳币|澳门元|澳门币|加元|加币|新加坡元|新西兰元|纽元"
    "|台币|台幣|卢布|卢比|韩元|韩圆|韩币|泰铢|越南盾|林吉特|法郎|克朗|比索|迪拉姆|外币|外汇"
    "|usd|hkd|eur|jpy|gbp|aud|us\\$|hk\\$|[€£$]|(?<![a-z])(?:cad|chf|sgd|nzd|krw|thb|twd|mop|rub|vnd|inr)(?![a-z])"
)
_NAMED = re.compile(
    "美元|美金|港元|港币|港幣|(?<![今明昨每当本次近往元])日元(?!旦)|日圆|日币|日幣|欧元(?!区)|歐元|英镑|英鎊|澳元|澳币|澳門幣|澳门元|澳门币"
    "|(?<![增追参添附施强])加元(?![旦月素件])|加币|新加坡元|新币|纽元|台币|台幣|卢布|盧布|韩元|韩圆|韩币|泰铢|越南盾"
    "|外币|外幣|外汇|外匯|(?<![a-z])(?:usd|hkd|eur|jpy|gbp|us dollars?|dollars?|euros?)(?![a-z])|us\\$|hk\\$|[€£]",
    re.IGNORECASE,
)
# A sum that is told, and things of which a currency is only the name.
_SUM_BEFORE = re.compile(
    r"(?:\d[\d.,]*\s*[十百千万亿余多]*|[一二两三四五六七八九几数][一二三四五六七八九十百千万亿余多]*)\s*$"
)
_SUM_AFTER = re.compile(r"\s*(?:\d|[一二两三四五六七八九][十百千万亿])")
_THING_AFTER = re.compile(
    r"\s*(?:现[钞金汇]|账户|帐户|存款|存单|定期|活期|贷款|借款|债[券权务]|基金|股票|股权|理财|指数|汇率|兑换|买卖|交易|期货|保证金"
    r"|信用证|纠纷|合同|诈骗|管理局|局|储备|额度|升值|贬值|业务|兑付|票据|计价的?(?:债|合同|资产))"
)
_NOT = re.compile(
    r"不(?:含|包括|包含|涉及|计|列)|未(?:含|计|列|涉及)|没有|并?无|除外|剔除|扣除|除去|排除|另[行表册附]|非"
    r"|excluding|except|no "
)
_CONVERTED = "折算|折合|换算|兑换|结汇|兑|换|折|转换"
_INTO_YUAN = re.compile(
    rf"(?:{_CONVERTED})(?:成|为|至|到|等值)?(?:的)?(?:人民币|rmb|cny|本币|元(?!/))"
    r"|converted (?:in)?to (?:rmb|cny|yuan)|等值人民币|以人民币"
    r"|人民币(?:金额)?(?:列示|计[价算量]?|填[列报写]|统计|反映|入账)",
    re.IGNORECASE,
)
_BY_RATE = re.compile(r"(?:按|以|依|用|采用)[^。;,]{0,12}汇率[^。;,]{0,8}(?:折|换|计|兑)|汇率[:为是=]\s*\d")
_TENS = r"(?:10{2,8}(?:\.0+)?|10?,0000?|1[百千万亿]|[一]?[百千万亿]{1,2}|十万|10万|一?百万)(?![\d.,]*\d)"
_TIMES = r"除以|÷|乘以?|[×*]|(?<![a-z0-9:号码])x(?=\s*(?:10{3}|[百千万亿]))|放大|缩小|扩大|缩减|压缩"
_LARGE = "thousands?|millions?|billions?"
_SCALED = re.compile(
    "|".join(
        (
            rf"(?:{_TIMES})(?:了|至|为|到)?\s*(?:{_TENS}|10\s*(?:\^|的)\s*\d)\s*(?:分之一|倍|$|[^\d%件人个])",
            r"(?<![\d/表图第尺])(?<![\d表图尺]:)1\s*:\s*(?:10{2,8}|1?[百千万亿])(?!\d)(?![^。;]{0,6}(?:图|比例尺))",
            r"(?<!\d)10{3,8}\s*倍|(?<![\d/])/\s*10{3,8}(?!\d)",
            r"小数点[^。;,]{0,8}(?:左|右|前|后)移",
            r"(?:去掉|省略|略去|少写|省去|抹去)[^。;,]{0,6}(?:零|0|[三四六八34685]位)",
            rf"(?<![a-z])in\s+(?:rmb|cny|[¥￥])?\s*(?:ten |hundred )?(?:{_LARGE}|hundreds?|wan|k|mn|mm|bn)(?![a-z])",
            rf"(?<![a-z])(?:{_LARGE}|hundreds?)\s+(?:of\s+)?(?:yuan|rmb|cny|[a-z]*\s?dollars?)",
            rf"(?:rmb|cny|yuan|[¥￥])\s*\(?(?:{_LARGE})|(?:rmb|cny|[¥￥])\s*'?0{{3}}s?(?![\d.])",
            rf"^[\s(（]*(?:{_LARGE}|'0{{3}}s?)[\s)）]*$",
        )
    ),
    re.IGNORECASE,
)
_SUBJECT = (
    "金额|数额|款额|款项|案款|价款|价格|标的|数字|数据|数值|本表|此表|该表|表中|表内|以上|以下|上述|下列|各项|全部|所有"
    "|均|都|一律|统一"
)
_SIZE = "[十百千万亿萬億佰仟]{1,2}"
_SAID_SIZE = re.compile(
    rf"(?:{_SUBJECT})[^。;,:\d]{{0,8}}?(?:为|是|:|=|以|按|用|系|至|到)(?:人民币)?(?<![\d一二两三四五六七八九几数])(?:{_SIZE})"
    r"(?:元|圆|位|级|口径)?(?:$|[。;,)）]|为|计(?![划件算])|列|填|表示|反映|统计|取整)"
    rf"|(?<![数动])(?:以|按)(?:人民币)?(?:{_SIZE})(?:元|圆)?(?:为(?:计量)?单位|为口径|口径|的?量级|数量级)"
    r"|单位(?:是|为|:|换算|改|变)?[^。;,:]{0,4}?(?:换算|折算|改|变)(?:为|成)"
)
_COUNTS = "件人次户名个宗笔份套条项起辆"
_COUNTED = "人数|件数|案件数|数量|次数|人员|干警|编制|数据|数字|均|单位|本表|以上|以下"
_SAID_COUNTS = re.compile(
    rf"(?:以|按)(?:{_SIZE})(?:[{_COUNTS}](?![均以])|人次)(?:为(?:计量)?单位|计|统计|列|填)"
    rf"|(?:{_COUNTED})[^。;,\d]{{0,6}}?(?:为|是|:|以|按)(?:{_SIZE})[{_COUNTS}]次?(?=$|[。;,)）为计])"
)
_PERCENT = re.compile(
    r"(?:(?:数[据字值量]|人数|件数|次数|金额|均|表中|本表|单位|以[上下])[^。;,:]{0,4}[为是以按用:]|单位)"
    r"(?:%|百分比|百分数|百分率|比例|千分比|‰|百分点)(?:$|表示|为单位|列|填|计|[。;,)])"
)
_PARTS = re.compile(r"[。;!?\n]|,(?!\d{3})")


def _clauses(text: str) -> Iterator[str]:
    return (part for part in _PARTS.split(text) if part.strip())


def _bare(text: str) -> str:
    return fold_width(text).casefold()


def speaks_of_foreign(text: str) -> bool:
    """Whether a text speaks of a currency other than the yuan as of what it lists: not as a sum or a thing, not as left
    out, not as converted into yuan."""
    bare = _bare(text)
    if not _NAMED.search(bare) and not _BY_RATE.search(bare):
        return False
    if _INTO_YUAN.search(bare):
        return False
    return bool(_BY_RATE.search(bare)) or any(
        _is_of_amounts(clause, match) for clause in _clauses(bare) for match in _NAMED.finditer(clause)
    )


def _is_of_amounts(clause: str, match: re.Match[str]) -> bool:
    before, after = clause[: match.start()], clause[match.end() :]
    is_told = bool(_SUM_BEFORE.search(before) or _SUM_AFTER.match(after))
    return not (is_told or _THING_AFTER.match(after) or _NOT.search(before[-12:]) or _NOT.search(after[:8]))


def speaks_of_scale(text: str) -> bool:
    """Whether a text says that amounts are written in tens of thousands or so, without naming a unit of money."""
    bare = _bare(text)
    return any(_SCALED.search(clause) or _SAID_SIZE.search(re.sub(r"\s+", "", clause)) for clause in _clauses(bare))


def scales_counts(text: str) -> bool:
    """Whether a text says that counts are in hundreds or thousands, or that figures are percentages."""
    bare = re.sub(r"\s+", "", _bare(text))
    return bool(_SAID_COUNTS.search(bare) or _PERCENT.search(bare))
