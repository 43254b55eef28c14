"""Words that begin lines which are no data: totals, signatures, notes, page marks.
Words alone prove nothing of a row that fits its header; what evidence is asked for then belongs to `not_data`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.extracts.values import STRIPPED, fold_width

Cells = Sequence[str | None]

_COUNTED = r"(?:共?\d[\d,.]*(?:[笔件条人行户次项页名份]|[百千万亿]*元)?(?:记录|数据|案件)?)"
TOTAL_WORDS = re.compile(
    r"[\u4e00-\u9fff\d\-—~()/]{0,14}?(?:合计|总计|小计|共计|累计|总数|总和|合計|總計|小計)(?:数|金额|额|值|行|栏)?"
    rf"(?:\([^()]{{0,10}}\))?[:,]?{_COUNTED}?"
    rf"|汇总|平均(?:值|数)?|总量|全[省市州区县旗院国]?(?:各级)?(?:法院)?(?:平均)?|(?:grand|sub)?total|sum|average"
    r"|共\d[\d,.]*[笔件条行项人户次页名份](?:记录|数据|案件)?|(?:记录数|总条数|总行数|总笔数|笔数|件数):?\d*",
    re.IGNORECASE,
)
# The same in a cell of prose or at a name, where 汇总 and 全省 are words like others: 李法官小计, 共2件.
TOTAL_CELL = re.compile(
    r"[\u4e00-\u9fff\d\-—~()/]{0,14}?(?:合计|总计|小计|共计|累计|合計|總計|小計)(?:数|金额|额|行|栏)?"
    rf"(?:\([^()]{{0,10}}\))?[:,]?{_COUNTED}?|共\d[\d,.]*[笔件条行项人户次份](?:记录|数据|案件)?|(?:sub|grand)?total|汇总|平均[值数]?",
    re.IGNORECASE,
)
_SAMPLES = "(?:填[写报表]|录入)?(?:示例|样例|范例|示范|举例|格式|参考样?式?|样式)|填[写报表]说明|填报要求"
SAMPLE_CELL = re.compile(
    rf"[(\[【〔]?(?:{_SAMPLES}|例)[)\]】〕]?(?:数据|行|记录)?(?:[:,\-_].*)?|[(\[【〔](?:{_SAMPLES}|例)[)\]】〕].*"
    rf"|.*[(\[【〔](?:{_SAMPLES}|例|测试)(?:数据|行|记录)?[)\]】〕]|(?:测试|test|example|sample|demo)(?:人员?|用户|数据|记录|row)?\d*",
    re.IGNORECASE,
)
SAMPLE_NUMBER = re.compile(
    rf"[(\[【〔]?(?:{_SAMPLES}|例[:,]?|测试|test|example|sample|demo|e\.g\.?)(?:数据|行|记录)?[)\]】〕]?[:,\-_]?[a-z]{{0,4}}\d*",
    re.IGNORECASE,
)
NOTHING = re.compile(
    r"(?:\d{2,4}年)?(?:本|该|当|此|\d{1,2})(?:月份?|期|季度?|年度?|院)(?:均|暂|尚)?(?:无(?![号名])|没有|未(?:发生|产生|新收|收到))"
    r"|(?:无|没有|暂无)(?:任何|本月|相关|新增|新收|到账)*(?:数据|记录|案款|案件|新增|发生|上报|报送)[\u4e00-\u9fff]{0,6}$|零报告|空表$|nil(?:return)?$"
    r"|no(?:data|records?)$",
    re.IGNORECASE,
)
# Asked of whole columns at once, of texts as delivered.
ROW_HINTS = (
    r"^\s*(?:汇\s*总|平\s*均)|格式|参考|样式|[合总小共累總]\s*[计計]|共\s*[0-9０-９]|示\s*[例范]|[样范举]\s*例|[填录][写报表入]|^.?例|测试"
    r"|(?i:total|example|sample|demo|test|^e\.g)"
)
PART = re.compile(r"其中[:,]?|其中")
_FOOTER = re.compile(
    r"填[报表](?:人|单位|时间|日期|说明)|制(?:表|单)(?:人|单位|时间|日期)?|编制(?:人|单位|日期)?"
    r"|(?:单位|部门|分管|主管)?(?:负责人|领导)|(?:分管|主管)?(?:院长|局长|庭长)"
    r"|审[核批查](?:人|意见|:|$)|复核|校对|(?:经办|承办|主办|办理|记录|报告|签发|签收|批准|审定|核准|核实|核对|录入|汇总"
    r"|整理|保管|移交|接收|交接|监督|核算|采集|上报)(?:人员?|者)?(?::|$)|(?:主管)?会计(?::|$)|出纳(?::|$)|书记员(?::|$)"
    r"|统计(?:人|员|日期|时间|口径|范围|截止|单位|部门)"
    r"|联系(?:人|电话|方式)|(?:联系)?电话|手机|传真|报[送出表](?:人|单位|时间|日期)|(?:打印|导出|查询|生成|制作|录入)"
    r"(?:人|时间|日期|条件|单位)|数据(?:来源|截止|截至|口径|时间)|来源:|截[止至]|备注:|备注$|说明|附注|附[:注]|注\d*[:、.,(]"
    r"|注$|注释|签[字名章]|盖章|公章|\(?(?:盖|签)章\)?|单位\(盖?章|以上(?:数据|金额|为|均)|本表|此表|本页"
    r"|[(]?续上?[表页][一二三四五六七八九十\d]*(?:$|[:()])|[(]?(?:接|承)上[表页]|转下[表页]|接下[表页]|以下(?:空白|无正文)|此页无正文"
    r"|(?:preparedby|reviewedby|printed|source:|note:|notes:)",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"第?\d+页(?:[,/]?共?\d+页)?|第\d+/\d+页|共\d+页(?:[,/]?第\d+页)?|page\d+(?:(?:of|/)\d+)?|-\d+-", re.I
)
_LABEL = re.compile(r"[^\s:\d][^:]{0,13}:")
TOTAL, NOTE, PAGE, TITLE, HEADER, UNIT, COLUMNS = "合计", "说明", "页码", "标题", "表头", "单位", "栏次"
SAMPLE, NONE = "示例", "本月无"
FEW = 6  # more cells than this are no line of signatures


_PLACE = re.compile(r"[(\[]?(?:(\d{1,2})|[甲乙丙丁戊己庚辛壬癸]|[A-Z]|栏[次目]|序号)[)\]]?")


def numbers_columns(cells: Cells) -> bool:
    """Whether a line only numbers the columns, as printed tables do: 1, 2, 3 … or 甲, 乙, 1, 2 …"""
    found = [_PLACE.fullmatch(squeezed(cell)) for cell in cells if (cell or "").strip(STRIPPED)]
    numbers = [int(match[1]) for match in found if match and match[1]]
    return len(found) > 2 and all(found) and len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1))


def squeezed(text: str | None) -> str:
    return re.sub(r"[\s\u200b\ufeff]+", "", fold_width(text or "")).replace("，", ",").replace("、", ",")


def said_in(cells: Cells) -> tuple[str, ...]:
    """What stands in a line: its cells that are not empty, without white space."""
    return tuple(text for text in (squeezed((cell or "").strip(STRIPPED)) for cell in cells) if text)


def word_of(said: Sequence[str]) -> str | None:
    """What kind of line this is by its words alone, if it is none of data."""
    if not said or len(said) > 2 * FEW:
        return None
    first = said[0]
    if _PAGE.fullmatch(first):
        return PAGE
    if TOTAL_WORDS.fullmatch(first):
        return TOTAL
    if NOTHING.match(first):
        return NONE
    if match := _FOOTER.match(first):
        return match[0].strip(":.,(")
    return NOTE if _LABEL.match(first) and len(said) <= FEW else None
