"""Roles and jurisdictions: the access file read anew whenever it changes, and what each role may do.
How a reader proves a name belongs to identity.py; what a jurisdiction's data are belongs to excerpts.py."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from dashboards.access.identity import SUBJECT
from dashboards.access.names import UnreadableNameError, is_readable, spelled

# What a role may do beside reading the province's rankings. "cases" without a jurisdiction are those of the province.
MAY = {
    "leader": frozenset({"cases", "bulletin"}),
    "bureau": frozenset({"cases", "bulletin", "notes", "review", "settings", "sql"}),
    "analyst": frozenset({"cases", "bulletin", "sql"}),
    "court": frozenset({"cases", "object", "sql"}),
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
        """Whether the role allows `cases`, `bulletin`, `notes`, `object`, `review`, `settings`, `sql`
        or `audit`."""
        return deed in MAY[self.role] or self.role == "local"

    def own_courts(self, above: Mapping[str, Any]) -> tuple[str, ...]:
        """Of courts, each with the court above it (no text where there is none), those whose records they may see."""
        return tuple(code for code in above if self.courts is None or _is_below(code, self.courts, above))


def _is_below(court: str, roots: tuple[str, ...], above: Mapping[str, Any]) -> bool:
    """Whether a court is one of the roots or stands below one of them."""
    at: Any = court
    while isinstance(at, str):
        if at in roots:
            return True
        at = above.get(at)
    return False


# Where nobody signs in, whoever sits at the machine is its operator.
MAY["local"] = frozenset().union(*MAY.values())
LOCAL = Reader("local", "local", None)


@dataclass(frozen=True)
class AccessFile:
    """Entries of persons and of groups by their spelled `id`, and of persons by the `sub` of their token."""

    persons: dict[str, dict[str, Any]]
    groups: dict[str, dict[str, Any]]
    subjects: dict[str, dict[str, Any]]

    def reader(self, name: str, groups: tuple[str, ...] = (), is_subject: bool = False) -> Reader | None:
        """The reader of that name: an entry of their own first, then the first group in the file's order; else None.

        A token's subject is a person's `sub`, or their `id` if that is the same letter for letter and no e-mail
        address; never an address. A reader's own name may be asked for again.
        """
        if is_subject or name.startswith(SUBJECT):
            name, entry = self._subject(name.removeprefix(SUBJECT) if not is_subject else name)
        else:
            entry = self.persons.get(spelled(name)) if is_readable(name) else None
            name = entry["id"] if entry else name
        named = {spelled(group) for group in groups if is_readable(group)}
        entry = entry or next((self.groups[group] for group in self.groups if group in named), None)
        if entry is None:
            return None
        courts = None if entry["role"] in PROVINCE_WIDE else tuple(entry.get("courts", ()))
        return Reader(name, entry["role"], courts, groups)

    def _subject(self, subject: str) -> tuple[str, dict[str, Any] | None]:
        entry = self.persons.get(spelled(subject)) if "@" not in subject and is_readable(subject) else None
        if entry and entry["id"] == subject:
            return subject, entry
        return SUBJECT + subject, self.subjects.get(subject)


def current(file: Path) -> AccessFile:
    """The access file, read anew whenever it changed in any way, its permissions included. AccessFileError."""
    try:
        state = file.stat()
    except FileNotFoundError:
        return read(file)
    return _kept(file, (state.st_mtime_ns, state.st_ctime_ns, state.st_size, state.st_ino))


@lru_cache(maxsize=4)
def _kept(file: Path, state: tuple[int, ...]) -> AccessFile:
    return read(file)


def read(file: Path) -> AccessFile:
    """The access file as it is now. AccessFileError when it is missing, writable by others, or wrong."""
    try:
        if file.stat().st_mode & 0o022:
            raise AccessFileError(f"{file}：别人也可以改它，请执行 chmod 600 | others may write it: chmod 600")
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as missing:
        raise AccessFileError(
            f"没有访问文件 {file}，见 docs/administration.zh.md | there is no access file, see docs/administration.md"
        ) from missing
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise AccessFileError(f"{file}：{wrong}") from wrong
    persons = _entries(file, content, "person", "id")
    return AccessFile(persons, _entries(file, content, "group", "id"), _entries(file, content, "person", "sub"))


def _entries(file: Path, content: dict[str, Any], kind: str, key: str) -> dict[str, dict[str, Any]]:
    """The entries of a kind that are known by `key`, by their spelled id, or by their subject as it is."""
    found: dict[str, dict[str, Any]] = {}
    entries = content.get(kind, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise AccessFileError(f"{file}：应写作 [[{kind}]] | write [[{kind}]]")
    for number, entry in enumerate(entries, start=1):
        place = f"{file} [[{kind}]] {number}"
        known_by = ("id", "sub") if kind == "person" else ("id",)
        if len([name for name in known_by if name in entry]) != 1:
            raise AccessFileError(f"{place}：应有且只有一个 {' / '.join(known_by)} | one of them, and no other")
        if key not in entry:
            continue
        name = _checked(place, entry, key)
        if name in found:
            raise AccessFileError(f"{place}：{entry[key]} 出现两次（不分大小写）| appears twice, capitals or not")
        found[name] = entry
    return found


def _checked(place: str, entry: dict[str, Any], key: str) -> str:
    """What the entry is known by. AccessFileError for an entry that cannot be used."""
    name, role = entry[key], entry.get("role")
    if not isinstance(name, str) or name.startswith(SUBJECT):
        raise AccessFileError(f"{place}：{key} 不能用 | cannot be used")
    try:
        small = spelled(name)
    except UnreadableNameError as unreadable:
        raise AccessFileError(f"{place}（{name!r}）：{unreadable}") from unreadable
    if role not in MAY or role == "local":
        raise AccessFileError(f"{place}（{name}）：role 只能是 leader、bureau、analyst、court、auditor | unknown role")
    courts = entry.get("courts", [])
    if not isinstance(courts, list) or not all(isinstance(code, str) for code in courts):
        raise AccessFileError(f"{place}（{name}）：courts 应为法院代码的列表 | courts is a list of court codes")
    if role == "court" and not courts:
        raise AccessFileError(f'{place}（{name}）：role = "court" 要写 courts | a court\'s reader needs courts')
    return name if key == "sub" else small
