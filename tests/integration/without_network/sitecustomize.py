"""Loaded by every Python process that is started with this folder on its path: no connection leaves this machine.
What is tried is refused and written to the file named by CONNECTIONS_REFUSED."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import Any

LOCAL = ("127.", "::1", "localhost")


def _refuse_elsewhere(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect":
        family, address = arguments[0].family, arguments[1]
        elsewhere = family in (socket.AF_INET, socket.AF_INET6) and not str(address[0]).startswith(LOCAL)
    elif event == "socket.getaddrinfo":
        address = arguments[0]
        elsewhere = address is not None and not str(address).startswith(LOCAL)
    else:
        return
    if elsewhere:
        with Path(os.environ["CONNECTIONS_REFUSED"]).open("a", encoding="utf-8") as file:
            file.write(f"{event} {address}\n")
        raise OSError(f"no network in this test: {address}")


sys.addaudithook(_refuse_elsewhere)
