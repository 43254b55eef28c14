"""A real PostgreSQL server on a free port of this machine, for as long as a test needs it; never as a service.
What is asked of it is in the tests."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Server:
    """Its owner is a superuser named `owner`; nobody needs a password, unless `pg_hba.conf` is written anew."""

    programs: Path
    place: Path
    port: int

    @property
    def address(self) -> str:
        return f"postgresql://owner@127.0.0.1:{self.port}"

    @property
    def data(self) -> Path:
        return self.place / "data"

    def start(self) -> None:
        settings = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.place} -c fsync=off"
        self._control("-w", "-l", f"{self.place}/log", "-o", settings, "start")

    def stop(self) -> None:
        self._control("-m", "immediate", "stop")

    def reload(self) -> None:
        self._control("reload")

    def processes(self) -> list[int]:
        """The server's own and those that it started."""
        first = int((self.data / "postmaster.pid").read_text().split()[0])
        found = subprocess.run(["pgrep", "-P", str(first)], capture_output=True, text=True, check=False)
        return [first, *map(int, found.stdout.split())]

    def _control(self, *said: str) -> None:
        as_nobody_special([str(self.programs / "pg_ctl"), "-D", str(self.data), *said])


@contextmanager
def running() -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as place:
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(place, owner.pw_uid, owner.pw_gid)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            made = Server(_programs(), Path(place), free.getsockname()[1])
        as_nobody_special(
            [str(made.programs / "initdb"), "-D", str(made.data), "-U", "owner", "-A", "trust", "-E", "UTF8"]
        )
        made.start()
        try:
            yield made
        finally:
            made.stop()


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    assert on_path, "these tests need PostgreSQL: sudo apt-get install postgresql"
    return Path(on_path).resolve().parent


def as_nobody_special(command: list[str]) -> None:
    """PostgreSQL refuses to run as root."""
    prefix = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    done = subprocess.run([*prefix, *command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
