"""A process gives up its rights to files and to the network, and to be told where files lie, as far as this kernel lets
it: Landlock and seccomp, by system calls. Which files it keeps is decided by whoever calls."""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
from collections.abc import Iterable
from pathlib import Path

# linux/landlock.h; the numbers are the same on x86-64 and aarch64.
CREATE, ADD_RULE, RESTRICT = 444, 445, 446
VERSION, PATH_BENEATH, NO_NEW_PRIVILEGES = 1, 1, 38
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
TRUNCATE = 1 << 14
# Rights over files that the versions of the interface know: a right that the kernel does not know is refused.
KNOWN = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
TCP_BIND_AND_CONNECT = 0b11  # since version 4
# linux/seccomp.h and linux/filter.h. A filter is read from its first line on; a jump counts the lines it leaves out.
SECCOMP, FILTER = 22, 2
LOAD, EQUAL, RETURN = 0x20, 0x15, 0x06
NUMBER_AT, MACHINE_AT = 0, 4
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | errno.EINVAL  # as for what is no link
# Machine → its mark, and the numbers of readlink and readlinkat there.
READING_LINKS = {"x86_64": (0xC000003E, (89, 267)), "aarch64": (0xC00000B7, (78, 78))}
_kernel = ctypes.CDLL(None, use_errno=True)


class NotConfinedError(OSError):
    """The kernel has Landlock and yet did not take the rules."""


def version() -> int:
    """The version of Landlock that this kernel has; 0 for none, as before Linux 5.13 or where it is switched off."""
    if platform.system() != "Linux":
        return 0
    return max(0, int(_kernel.syscall(CREATE, None, ctypes.c_size_t(0), VERSION)))


def confine(read: Iterable[Path], write: Iterable[Path]) -> bool:
    """From here on this process opens nothing but what lies in `read`, and writes into nothing but the files `write`.

    False where the kernel has no Landlock; NotConfinedError where it has it and refuses. It cannot be taken back.
    """
    has = version()
    if not has:
        return False
    rights = KNOWN[min(has, max(KNOWN))]
    rules = struct.pack("=QQ", rights, TCP_BIND_AND_CONNECT) if has >= 4 else struct.pack("=Q", rights)
    ruleset = _call(CREATE, rules, ctypes.c_size_t(len(rules)), 0)
    try:
        for path in read:
            _allow(ruleset, path, (READ_FILE | READ_DIR | EXECUTE) & rights)
        for path in write:
            _allow(ruleset, path, (READ_FILE | WRITE_FILE | TRUNCATE) & rights)
        if _kernel.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0):
            raise NotConfinedError(ctypes.get_errno(), "no_new_privs")
        _call(RESTRICT, ruleset, 0)
    finally:
        os.close(ruleset)
    return True


def has_filter() -> bool:
    """Whether the kernel can be told, call by call, what it does for a process, and we know its numbers."""
    if platform.system() != "Linux" or platform.machine() not in READING_LINKS:
        return False
    return "Seccomp:" in Path("/proc/self/status").read_text(encoding="ascii")


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("lines", ctypes.c_void_p))


def tell_no_places() -> bool:
    """From here on this process is not told where a link leads: the path of an open file, or of its own program.

    DuckDB asks for it whenever it opens a file, and shows it to whoever asks for its databases. False where this
    machine's kernel has no filter of system calls.
    """
    if not has_filter() or _kernel.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    mark, (first, second) = READING_LINKS[platform.machine()]
    lines = (
        (LOAD, 0, 0, MACHINE_AT), (EQUAL, 0, 4, mark),
        (LOAD, 0, 0, NUMBER_AT), (EQUAL, 1, 0, first), (EQUAL, 0, 1, second), (RETURN, 0, 0, REFUSE),
        (RETURN, 0, 0, ALLOW),
    )  # fmt: skip
    written = b"".join(struct.pack("=HBBI", *line) for line in lines)
    kept = ctypes.create_string_buffer(written, len(written))
    program = _Program(len(lines), ctypes.cast(kept, ctypes.c_void_p))
    return not _kernel.prctl(SECCOMP, FILTER, ctypes.byref(program))


def _allow(ruleset: int, path: Path, rights: int) -> None:
    if not path.exists():
        return
    opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        of_a_file = READ_FILE | WRITE_FILE | TRUNCATE | EXECUTE
        rule = struct.pack("=Qi", rights if path.is_dir() else rights & of_a_file, opened)
        _call(ADD_RULE, ruleset, PATH_BENEATH, rule, 0)
    finally:
        os.close(opened)


def _call(number: int, *arguments: object) -> int:
    result = int(_kernel.syscall(number, *arguments))
    if result < 0:
        failed = ctypes.get_errno()
        raise NotConfinedError(failed, os.strerror(failed))
    return result
