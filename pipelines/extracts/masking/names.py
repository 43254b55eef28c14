"""Names of persons: of each one character is shown, however the name is written and whatever stands around it.
Which columns hold names is said by the contracts; names in other texts are found by the row's own and by form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import polars as pl

DOTS = "[·•・.．‧∙⋅]"  # written in the middle of names of many peoples, and never twice alike
LONGEST_PERSON_NAME = 4  # characters of a Chinese name; longer ones are of other peoples, or of several persons
HIDDEN, HIDDEN_FIRM = "**", "****"
# What a firm may begin with and name nobody: provinces, and what the sample's firms begin with. A town would do as
# well, but many a town is also somebody's name.
FIRM_HEADS = (
    "北京", "天津", "河北", "山西", "内蒙", "辽宁", "吉林", "黑龙", "上海", "江苏", "浙江", "安徽", "福建", "江西",
    "山东", "河南", "湖北", "湖南", "广东", "广西", "海南", "重庆", "四川", "贵州", "云南", "西藏", "陕西", "甘肃",
    "青海", "宁夏", "新疆", "香港", "澳门", "台湾", "中国", "虚拟", "某某",
)  # fmt: skip
FIRM = re.compile(
    "公司|集团|银行|信用社|合作社|企业|工厂|商行|商店|商场|超市|酒店|宾馆|饭店|餐厅|药店|医院|诊所|学校|学院|大学|幼儿园|"
    "中心|协会|基金会|委员会|事务所|法院|检察院|政府|管理局|服务部|经营部|门市部|加油站|养殖场|农场|牧场|工程队|"
    "(?:店|厂|部|局|处|社|站|场|馆|行|坊|吧|铺|院|所|会|村|镇|县|市)$"
)
_SEVERAL = re.compile(r"[、，,;；/／|＆&]|(?<=[\u4e00-\u9fff])[和及与](?=[\u4e00-\u9fff])")
_COUNT = re.compile(r"等(?:[0-9０-９一二三四五六七八九十两]{1,3})?[人名位]?$")
_NOTE = re.compile(r"[（(\[【〔《<].*", re.S)
PLAIN = r"^[\u3400-\u9fff]{1,4}$"
# The hundred surnames and others in use, single and double; those that begin everyday words are among them.
SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方"
    "俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计"
    "伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房"
    "裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山"
    "谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴鬱"
    "胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍郤璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖"
    "庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红"
    "游竺权逯盖益桓公仉督肖闫涂岳佟覃代付仝才尼切旦扎格拉次洛卓达桑嘎央拉买热阿艾吐木肉帕古依努"
)
# Words with which a text of few characters may begin and name nobody, though the first character is a surname.
_WORDS = (
    "房产", "房屋", "车辆", "车位", "金钱", "金融", "和解", "安置", "高利", "劳动", "劳务", "公证", "支付", "申请", "管辖",
    "经济", "相邻", "解除", "应收", "权利", "项目", "设备", "机器", "都", "车", "国家", "公司", "公益", "农村", "家庭", "全省",
    "时效", "成品", "方案", "路产", "山林", "林地", "林权", "古董", "黄金", "白银", "石材", "水电", "商品", "利息", "贝", "满",
    "权", "高院", "高级", "从", "单位", "全部", "终", "督", "督办", "巡", "省", "东", "干", "通", "向", "别", "施工", "居住",
    "养", "广告", "文", "关联", "家", "时", "国", "应", "能", "充", "都市", "步", "公", "温室",
)  # fmt: skip
_GIVEN = r"[\u3400-\u9fff]"
_NAME = "[" + "".join(sorted(SURNAMES)) + "]" + _GIVEN
_SUED = re.compile(
    rf"^(?P<role>原告|上诉人|申请人|申请执行人|再审申请人)?(?P<one>{_NAME}{{1,3}}?)(?P<word>(?<![非反上起撤公应申自抗])诉(?![讼前中求状])|与)"
    rf"(?P<other>(?:被告|被申请人|被执行人)?{_NAME}{{1,2}})"
)
_STANDING_ALONE = re.compile(rf"^{_NAME}{{1,2}}(?:[、，,和及]{_NAME}{{1,2}})*(?:等[\d一二三四五六七八九十]*人?)?$")
_END_OF_A_CAUSE = re.compile("(?:纠纷|争议|罪|案|费|款|权|金|物|产|地|车|类|法|院|厅|局|部|委|办|令|书|期|满|毕)$")


def _one(name: str) -> str:
    """One person or firm, without notes."""
    bare = re.sub(r"\s+", "", _NOTE.sub("", name)).strip("*＊")
    if not bare:
        return HIDDEN
    if FIRM.search(bare) and len(bare) > LONGEST_PERSON_NAME and not re.search(DOTS, bare):
        return (bare[:2] if bare.startswith(FIRM_HEADS) else bare[0]) + HIDDEN_FIRM
    return bare[0] + HIDDEN


@lru_cache(maxsize=1 << 14)
def masked_name(name: str) -> str:
    """张** for a person, 青海**** for a firm of a province, 张**** for a firm that begins as a person's name does.

    Several persons are masked each; 等3人 stays, notes in brackets go.
    """
    text = name.strip()
    count = _COUNT.search(text)
    body = text[: count.start()] if count else text
    parts = [part for part in _SEVERAL.split(_NOTE.sub("", body)) if part.strip()]
    return "、".join(map(_one, parts or [body])) + (count.group() if count else "")


def masked_names(name: pl.Expr) -> pl.Expr:
    """`masked_name` for a column."""

    def settled(names: pl.Series) -> pl.Series:
        odd = names.drop_nulls().unique()
        return names.replace_strict(
            odd, pl.Series([masked_name(text) for text in odd], dtype=pl.String), default=None, return_dtype=pl.String
        )

    usual = pl.when(name.str.contains(PLAIN)).then(name.str.head(1) + HIDDEN)
    others = pl.when(~name.str.contains(PLAIN)).then(name).map_batches(settled, return_dtype=pl.String)
    return pl.coalesce(usual, others)


def persons_in(names: Iterable[str | None]) -> list[str]:
    """The single names in cells of a name column, longest first; a single character is nobody's name."""
    found = set()
    for text in names:
        for part in _SEVERAL.split(_NOTE.sub("", _COUNT.sub("", (text or "").strip()))):
            found |= {part.strip(), re.sub(r"\s+", "", part)}
    return sorted((name for name in found if len(name) > 1), key=lambda name: (-len(name), name))


def without_persons(text: str, names: Iterable[str] = ()) -> str:
    """A text of the row without the persons in it: `names` wherever they stand, and names by their form.

    By form: what stands alone and is built like a Chinese name, and 张三诉李四, 张三与李四 at its beginning.
    """
    for name in names:
        text = text.replace(name, name[0] + HIDDEN)
    if sued := _SUED.match(text):
        one, other = sued["one"], sued["other"]
        if not one.startswith(_WORDS):
            role = re.match("被告|被申请人|被执行人", other)
            lead = role.group() if role else ""
            hidden = f"{sued['role'] or ''}{one[0]}{HIDDEN}{sued['word']}{lead}{other[len(lead)]}{HIDDEN}"
            return hidden + text[sued.end() :]
    if _STANDING_ALONE.match(text) and not text.startswith(_WORDS) and not _END_OF_A_CAUSE.search(text):
        return text[0] + HIDDEN
    return text
