"""What installation.toml says: names of the court and its provinces, where its pages are served, what runs by itself.
The tables of settings belong to `tables`; where a file of settings lies, to `effective`."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from grammar.freezing import is_day
from pipelines.layout import Layout
from pipelines.settings.faults import Fault, fault

FILE = "installation.toml"


def _is_port(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 65535


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_web(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"https?://[^\s/]+(/\S*)?", value) is not None


def _is_server(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[\w.-]+(:\d{1,5})?", value) is not None


SECURITIES = ("none", "starttls", "tls")
WINDOWS = ("month", "ytd", "rolling_12m", "rolling_36m", "stat_year")
# Every entry with its type; whatever else stands there is a slip of the keyboard. `*`: codes of provinces.
TEXT = (_is_text, "文字 text")
PORT = (_is_port, "端口号 a port, 1 to 65535")
ENTRIES: Mapping[str, tuple[Callable[[object], bool], str]] = {
    "name_zh": TEXT,
    "name_en": TEXT,
    "letterhead_zh": TEXT,
    "letterhead_en": TEXT,
    "contact_zh": TEXT,
    "contact_en": TEXT,
    "default_window": (lambda value: value in WINDOWS, " / ".join(WINDOWS)),
    "criteria_freeze": (is_day, "月-日 month and day, 12-02"),
    "outbox.webhook": (_is_web, "http://… 或 https://…  a web address"),
    "outbox.smtp": (_is_server, "主机 或 主机:端口  host or host:port"),
    "outbox.smtp_security": (lambda value: value in SECURITIES, " / ".join(SECURITIES)),
    "outbox.smtp_user": TEXT,
    "outbox.sender": TEXT,
    "outbox.addresses.*": TEXT,
    "provinces.*.name_zh": TEXT,
    "provinces.*.name_en": TEXT,
    "provinces.*.letterhead_zh": TEXT,
    "provinces.*.letterhead_en": TEXT,
    "service.address": TEXT,
    "service.port": PORT,
    "service.dagster_port": PORT,
    "service.takes_in_by_itself": (lambda value: isinstance(value, bool), "true / false"),
}
# What the environment says goes before the file: a service unit or a container has the last word on ports.
VARIABLES = {
    "service.address": "ENFORCEMENT_ADDRESS",
    "service.port": "ENFORCEMENT_PORT",
    "service.dagster_port": "ENFORCEMENT_DAGSTER_PORT",
}
DEFAULTS = {
    "service.address": "127.0.0.1",
    "service.port": 8501,
    "service.dagster_port": 3000,
    "service.takes_in_by_itself": False,
}


def installation_faults(path: Path) -> list[Fault]:
    """What is wrong with the file; nothing where there is none."""
    if not path.exists():
        return []
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return [fault("unreadable", path.name)]
    return [each for name, value in sorted(_flat(said).items()) if (each := _of_entry(path.name, name, value))]


def names(paths: Sequence[Path]) -> dict[str, Any]:
    """What the court is called and its papers are headed with, and the same of each province.

    `paths`: the files of this name in force. Where there are several, what one says of itself is nobody's name.
    """
    said = [tomllib.loads(path.read_text(encoding="utf-8-sig")) for path in paths if path.name == FILE]
    provinces = {code: entry for each in said for code, entry in each.get("provinces", {}).items()}
    own = {name: value for each in said for name, value in each.items() if isinstance(value, str)}
    return {**(own if len(said) == 1 else {}), "provinces": provinces}


def service(where: Layout, name: str) -> Any:
    """`address`, `port`, `dagster_port` or `takes_in_by_itself`: the environment's, the file's, or the default."""
    entry = f"service.{name}"
    if spoken := os.environ.get(VARIABLES.get(entry, ""), ""):
        return spoken
    path = where.settings / FILE
    if not path.exists() or installation_faults(path):
        return DEFAULTS[entry]
    return _flat(tomllib.loads(path.read_text(encoding="utf-8-sig"))).get(entry, DEFAULTS[entry])


def criteria_freeze(folder: Path) -> str:
    """Month and day until which criteria of the next year may change; empty where a folder of settings does not say."""
    path = folder / FILE
    if not path.exists() or installation_faults(path):
        return ""
    return str(tomllib.loads(path.read_text(encoding="utf-8-sig")).get("criteria_freeze", ""))


def outbox(where: Layout) -> dict[str, Any]:
    """What alerts are sent with, as far as the file says it: `addresses` is reader → mail address, others are texts."""
    path = where.settings / FILE
    if not path.exists() or installation_faults(path):
        return {}
    return dict(tomllib.loads(path.read_text(encoding="utf-8-sig")).get("outbox", {}))


def _flat(said: Mapping[str, object], above: str = "") -> dict[str, object]:
    """Entries by their dotted names."""
    found: dict[str, object] = {}
    for key, value in said.items():
        found |= _flat(value, f"{above}{key}.") if isinstance(value, dict) else {f"{above}{key}": value}
    return found


def _of_entry(file: str, name: str, value: object) -> Fault | None:
    parts = name.split(".")
    known = ".".join(["provinces", "*", *parts[2:]]) if parts[0] == "provinces" and len(parts) > 1 else name
    known = "outbox.addresses.*" if name.startswith("outbox.addresses.") else known
    if known not in ENTRIES:
        return fault("key_unknown", file, 0, name)
    holds, expected = ENTRIES[known]
    return None if holds(value) else fault("type", file, 0, name, str(value), expected=expected)
