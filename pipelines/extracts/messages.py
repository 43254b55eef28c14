"""What a clerk is told when a file is refused or a row is rejected or held, in Chinese and English.
The wording is data in TOML files; when something is refused is decided by the modules that read."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from pipelines.extracts.masking import quoted, shown_error, shown_file, without_numbers

CATALOGUE = ("refusals.toml", "notices.toml", "messages.toml", "identities.toml", "gaps.toml", "mending.toml")
# Facts that quote a file or its name: of what is no known word one letter is told. Values are masked where their
# column is known, by `rejects`; no message holds an identity number, wherever it came from.
TOLD: dict[str, Callable[[str], str]] = {
    **dict.fromkeys(("file", "folder", "sheet", "sheets"), shown_file),
    **dict.fromkeys(
        ("text", "heading", "where", "where_en", "one", "other", "one_en", "other_en", "names", "format"), quoted
    ),
    "detail": shown_error,
}
VALUE_SHOWN = 60  # characters of a delivered value quoted in a sentence; the whole value stands in its own column


@dataclass(frozen=True)
class Message:
    """One thing said to a clerk: what is wrong and what to do, in both languages."""

    code: str
    zh: str
    en: str
    remedy_zh: str
    remedy_en: str


class FileRefusedError(Exception):
    """A whole file is refused; `message` says why and what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(f"{message.zh}。{message.remedy_zh} | {message.en}; {message.remedy_en}")
        self.message = message


@cache
def catalogue() -> dict[str, dict[str, dict[str, str]]]:
    """All messages: section (`refusals`, `notices`, `reasons`, `gaps`, `gate`, `mending`) → code → template."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for name in CATALOGUE:
        for section, said in tomllib.loads((resources.files(__package__) / name).read_text(encoding="utf-8")).items():
            found.setdefault(section, {}).update(said)
    return found


def _filled(section: str, code: str, facts: dict[str, object]) -> Message:
    template = catalogue()[section][code]
    told = {name: TOLD[name](str(fact)) if name in TOLD else fact for name, fact in facts.items()}
    return Message(code, **{field: without_numbers(text.format(**told)) for field, text in template.items()})


def blanked(section: str, code: str, file: str) -> Message:
    """A message of an earlier version worded anew without what it quoted; of a code that is no more, the code alone."""
    template = catalogue().get(section, {}).get(code)
    if template is None:
        return Message(code, code, code, "—", "-")
    facts = defaultdict(lambda: "…", file=shown_file(file))
    return Message(code, **{field: text.format_map(facts) for field, text in template.items()})


def refusal(code: str, file: str, **facts: object) -> FileRefusedError:
    """The refusal of one file, ready to be raised. KeyError if the code is not in the catalogue."""
    return FileRefusedError(_filled("refusals", code, {"file": file, **facts}))


def notice(code: str, file: str, **facts: object) -> Message:
    """What a clerk should know of a file that was taken in. KeyError if the code is not in the catalogue."""
    return _filled("notices", code, {"file": file, **facts})


def reason(code: str, **facts: object) -> Message:
    """Why one row is rejected or held, without the place; `placed` adds it."""
    return _filled("reasons", code, facts)


def mended(code: str, place: str, file: str = "") -> Message:
    """What became of a file of ours that was damaged. KeyError if the code is not in the catalogue."""
    return _filled("mending", code, {"place": place, "file": file})


def told(code: str, why: Message, file: str, kept: str) -> Message:
    """What a gap comes to: why a file does not count, what stands without it, and all that is to be done."""
    gap = _filled("gaps", code, {"file": file, "kept": kept})
    remedies = [
        mark.join(dict.fromkeys(pair))
        for mark, pair in (("；", (why.remedy_zh, gap.remedy_zh)), ("; ", (why.remedy_en, gap.remedy_en)))
    ]
    return Message(why.code, f"{why.zh}。{gap.zh}", f"{why.en}. {gap.en}", *remedies)


def held_back(code: str, zh: str, en: str, failed: int, checked: int) -> Message:
    """A rule of the gate that holds a court's delivery back."""
    facts = {"rule_zh": zh, "rule_en": en, "failed": f"{failed:,}", "checked": f"{checked:,}"}
    return Message(code, **{field: text.format(**facts) for field, text in catalogue()["gate"]["held"].items()})


def placed(message: Message, file: str, row: int, header: str | None, value: str | None) -> Message:
    """The same message opened by file, row, column heading and value, as a clerk would look it up."""
    file = shown_file(file)
    shown = value if value is None or len(value) <= VALUE_SHOWN else value[:VALUE_SHOWN] + "…"
    zh, en = f"“{file}”第 {row} 行", f"{file}, row {row}"
    if header:
        zh, en = f"{zh}，“{header}”", f"{en}, column {header}"
        if shown:
            zh, en = f"{zh}填“{shown}”", f"{en}, value {shown}"
    return Message(message.code, f"{zh}：{message.zh}", f"{en}: {message.en}", message.remedy_zh, message.remedy_en)
