"""Roles and jurisdictions: the access file read anew whenever it changes, and what each role may do.
How a reader proves a name belongs to identity.py; what a jurisdiction's data are belongs to excerpts.py."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# What a role may do beside reading the province's rankings. "cases" without a jurisdiction are those of the province.
MAY = {
    "leader": frozenset({"cases", "bulletin"}),
    "bureau": frozenset({"cases", "bulletin", "notes", "sql"}),
    "analyst": frozenset({"cases", "bulletin", "sql"}),
    "court": frozenset({"cases", "sql"}),
    "auditor": frozenset({"audit"}),
}
PROVINCE_WIDE = ("leader", "bureau", "analyst")


class AccessFileError(Exception):
    """The access file cannot be used; nobody is let in. The message says where and what to change."""


class NotAllowedError(Exception):
    """The reader's role does not allow the deed, or does no longer."""


@dataclass(frozen=True)
class Reader:
    """A person who may read. `courts` are the roots of a jurisdiction; None means the whole province.

    `groups` are those by which they came in, to be asked for again when they do something later.
    """

    name: str
    role: str
    courts: tuple[str, ...] | None
    groups: tuple[str, ...] = ()

    def may(self, deed: str) -> bool:
        """Whether the role allows `cases`, `bulletin`, `notes`, `sql` or `audit`."""
        return deed in MAY[self.role] or self.role == "local"


# Where nobody signs in, whoever sits at the machine is its operator.
MAY["local"] = frozenset().union(*MAY.values())
LOCAL = Reader("local", "local", None)


@dataclass(frozen=True)
class AccessFile:
    """Entries by person and by group, as the file has them."""

    persons: dict[str, dict[str, Any]]
    groups: dict[str, dict[str, Any]]

    def reader(self, name: str, groups: tuple[str, ...] = ()) -> Reader | None:
        """The reader of that name: an entry of their own first, then the first group in the file's order; else None."""
        entry = self.persons.get(name) or next((self.groups[g] for g in self.groups if g in groups), None)
        if entry is None:
            return None
        courts = None if entry["role"] in PROVINCE_WIDE else tuple(entry.get("courts", ()))
        return Reader(name, entry["role"], courts, groups)


def read(file: Path) -> AccessFile:
    """The access file as it is now. AccessFileError when it is missing, writable by others, or wrong."""
    try:
        if file.stat().st_mode & 0o022:
            raise AccessFileError(f"{file}：别人也可以改它，请执行 chmod 600 | others may write it: chmod 600")
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as missing:
        raise AccessFileError(f"没有访问文件 {file}，见 README | there is no access file, see the README") from missing
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise AccessFileError(f"{file}：{wrong}") from wrong
    return AccessFile(_entries(file, content, "person"), _entries(file, content, "group"))


def _entries(file: Path, content: dict[str, Any], kind: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for number, entry in enumerate(content.get(kind, []), start=1):
        place = f"{file} [[{kind}]] {number}"
        name, role = entry.get("id"), entry.get("role")
        if not isinstance(name, str) or not name:
            raise AccessFileError(f"{place}：缺 id | id is missing")
        if role not in MAY or role == "local":
            raise AccessFileError(
                f"{place}（{name}）：role 只能是 leader、bureau、analyst、court、auditor | unknown role"
            )
        courts = entry.get("courts", [])
        if not isinstance(courts, list) or not all(isinstance(code, str) for code in courts):
            raise AccessFileError(f"{place}（{name}）：courts 应为法院代码的列表 | courts is a list of court codes")
        if role == "court" and not courts:
            raise AccessFileError(f'{place}（{name}）：role = "court" 要写 courts | a court\'s reader needs courts')
        if name in found:
            raise AccessFileError(f"{place}：{name} 出现两次 | appears twice")
        found[name] = entry
    return found
