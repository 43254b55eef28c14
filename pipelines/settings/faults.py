"""What is wrong with a setting, in the words of who mends it: file, row, column, value, reason and remedy.
What has to hold is asked in `checking`; the words are in messages.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Fault:
    """One fault. `row` is the line in the file, 0 where none is to blame; reason and remedy in Chinese and English."""

    file: str
    row: int
    column: str
    value: str
    code: str
    zh: str
    en: str
    remedy_zh: str
    remedy_en: str

    @property
    def place(self) -> str:
        """courts.csv · 第 3 行 row 3 · level = 市级."""
        parts = [self.file]
        if self.row:
            parts.append(f"第 {self.row} 行 row {self.row}")
        if self.column:
            parts.append(f"{self.column} = {self.value}" if self.value else self.column)
        return " · ".join(parts)

    def __str__(self) -> str:
        said = f"{self.zh}。{self.remedy_zh} | {self.en}; {self.remedy_en}"
        return f"{self.place}: {said}"


class SettingsError(ValueError):
    """The settings do not hold: nothing may be computed with them."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(map(str, faults)))


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("messages.toml").read_text(encoding="utf-8"))


def fault(code: str, file: str, row: int = 0, column: str = "", value: str = "", **facts: object) -> Fault:
    """The fault `code` of messages.toml with its facts filled in."""
    said = _words()[code]
    words = {name: said[name].format(**facts) for name in ("zh", "en", "remedy_zh", "remedy_en")}
    return Fault(file, row, column, value, code, **words)
