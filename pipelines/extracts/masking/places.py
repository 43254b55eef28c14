"""What courts are called: texts that name one name nobody.
Which court a text means is decided by `courts`; here only the words count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from pipelines.extracts.courts import register_of
from pipelines.layout import layout
from pipelines.settings.effective import load


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
