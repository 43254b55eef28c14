"""A process gives up its rights to files (Landlock) and to the network and other processes (seccomp), for good.
Which files it keeps is decided by whoever calls; a kernel that lacks one of the two is told, not hidden."""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import signal
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

# linux/landlock.h; the numbers are the same on x86-64 and aarch64.
CREATE, ADD_RULE, RESTRICT = 444, 445, 446
VERSION, PATH_BENEATH = 1, 1
EXECUTE, READ_FILE, READ_DIR = 1 << 0, 1 << 2, 1 << 3
# Rights over files that the versions of the interface know: a right that the kernel does not know is refused.
KNOWN = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
TCP, SCOPES = 0b11, 0b11  # since versions 4 and 6: bind and connect; abstract sockets and signals of others
# linux/prctl.h
END_WITH_PARENT, NO_NEW_PRIVILEGES, SECCOMP, BY_FILTER = 1, 38, 22, 2
# linux/filter.h and linux/seccomp.h: load a word, compare it, answer; and the answers.
LOAD, EQUAL, AT_LEAST, ANSWER = 0x20, 0x15, 0x35, 0x06
ALLOW, REFUSE, END = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x80000000
X32 = 0x40000000  # system calls of a third interface begin here on x86-64, under other numbers
# The audit number of the machine, and the calls that open a socket, start a program, look into another process,
# open files by a side door, or change whose a file is and who may write it, which Landlock does not know.
MACHINES = {
    "x86_64": (0xC000003E, {
        "socket": 41, "execve": 59, "execveat": 322, "ptrace": 101, "kill": 62, "process_vm_readv": 310,
        "process_vm_writev": 311, "io_uring_setup": 425, "pidfd_getfd": 438, "pidfd_send_signal": 424, "unshare": 272,
        "setns": 308, "mount": 165, "bpf": 321, "userfaultfd": 323, "open_by_handle_at": 304,
        "chmod": 90, "fchmod": 91, "fchmodat": 268, "fchmodat2": 452, "chown": 92, "fchown": 93, "lchown": 94,
        "fchownat": 260,
    }),
    "aarch64": (0xC00000B7, {
        "socket": 198, "execve": 221, "execveat": 281, "ptrace": 117, "kill": 129, "process_vm_readv": 270,
        "process_vm_writev": 271, "io_uring_setup": 425, "pidfd_getfd": 438, "pidfd_send_signal": 424, "unshare": 97,
        "setns": 268, "mount": 40, "bpf": 280, "userfaultfd": 282, "open_by_handle_at": 265,
        "fchmod": 52, "fchmodat": 53, "fchmodat2": 452, "fchownat": 54, "fchown": 55,
    }),
}  # fmt: skip
_kernel = ctypes.CDLL(None, use_errno=True)


class NotConfinedError(OSError):
    """The kernel has Landlock or seccomp and yet did not take the rules."""


@dataclass(frozen=True)
class Confinement:
    """What this kernel has: the version of Landlock, 0 for none (before Linux 5.13, or switched off), and seccomp."""

    landlock: int
    has_seccomp: bool

    @property
    def is_whole(self) -> bool:
        return self.landlock > 0 and self.has_seccomp


def available() -> Confinement:
    """What a process could be confined by here; nothing is changed."""
    if platform.system() != "Linux":
        return Confinement(0, False)
    has_landlock = int(_kernel.syscall(CREATE, None, ctypes.c_size_t(0), VERSION))
    # Without a filter to take, a kernel that knows filters says that it could not read it.
    is_refused = _kernel.prctl(SECCOMP, BY_FILTER, None, 0, 0) < 0
    knows_filters = is_refused and ctypes.get_errno() == errno.EFAULT
    return Confinement(max(0, has_landlock), knows_filters and platform.machine() in MACHINES)


def confine(read: Iterable[Path]) -> Confinement:
    """From here on this process, and what it starts, opens nothing but what lies in `read`, and nothing for writing.

    It opens no socket, starts no program, and reaches no other process; what is open stays open. A thread that runs
    already is not bound. NotConfinedError where the kernel has the means and refuses. It cannot be taken back.
    """
    has = available()
    if has.landlock or has.has_seccomp:
        _done(_kernel.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0))
    if has.landlock:
        _give_up_files(has.landlock, read)
    if has.has_seccomp:
        _give_up_calls()
    return has


def end_with_parent() -> None:
    """The process is ended when the thread that started it is."""
    if platform.system() == "Linux":
        _done(_kernel.prctl(END_WITH_PARENT, int(signal.SIGKILL), 0, 0, 0))


def _give_up_files(version: int, read: Iterable[Path]) -> None:
    rights = KNOWN[min(version, max(KNOWN))]
    handled = (rights, *((TCP,) if version >= 4 else ()), *((SCOPES,) if version >= 6 else ()))
    rules = struct.pack(f"={len(handled)}Q", *handled)
    ruleset = _done(_kernel.syscall(CREATE, rules, ctypes.c_size_t(len(rules)), 0))
    try:
        for path in read:
            _allow(ruleset, path)
        _done(_kernel.syscall(RESTRICT, ruleset, 0))
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: Path) -> None:
    try:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        rule = struct.pack("=Qi", READ_FILE | READ_DIR if path.is_dir() else READ_FILE, opened)
        _done(_kernel.syscall(ADD_RULE, ruleset, PATH_BENEATH, rule, 0))
    finally:
        os.close(opened)


def _give_up_calls() -> None:
    audit, calls = MACHINES[platform.machine()]
    numbers = sorted(calls.values())
    steps = [
        (LOAD, 0, 0, 4),  # the machine's number, at the fourth byte of what a filter is given
        (EQUAL, 1, 0, audit),
        (ANSWER, 0, 0, END),
        (LOAD, 0, 0, 0),  # the call's number
        (AT_LEAST, len(numbers) + 1, 0, X32),
        *((EQUAL, len(numbers) - place, 0, number) for place, number in enumerate(numbers)),
        (ANSWER, 0, 0, ALLOW),
        (ANSWER, 0, 0, REFUSE),
    ]
    program = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    head = struct.pack("@HP", len(steps), ctypes.addressof(program))
    _done(_kernel.prctl(SECCOMP, BY_FILTER, head, 0, 0))


def _done(result: int) -> int:
    if result < 0:
        failed = ctypes.get_errno()
        raise NotConfinedError(failed, os.strerror(failed))
    return int(result)
