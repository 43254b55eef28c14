"""A session with an engine by Spark Connect: Sail in this process, or a server that runs elsewhere.
What is asked of the session is said by the other modules."""

from __future__ import annotations

import os
import site
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

HOST, PORT = "ENFORCEMENT_ENGINE_HOST", "ENFORCEMENT_ENGINE_PORT"  # read by profiles.yml
SETTINGS = {"spark.sql.session.timeZone": "UTC"}
PACKAGES = {"sail": ("pysail", "dbt-sail", "dbt-spark", "pyspark-client")}


class NoEngineError(Exception):
    """The engine's packages are not there, or no server answers; the text says what to do, in Chinese and English."""


@contextmanager
def opened(engine: str, address: str = "") -> Iterator[Any]:
    """A session (pyspark.sql.SparkSession). For Sail without an `address` (sc://host:port) a server is started in this
    process, on this machine's own address and a free port, and ends with it."""
    site.addsitedir(str(Path(sys.prefix) / "engines" / engine))
    try:
        from pyspark.sql import SparkSession
    except ImportError as problem:
        raise NoEngineError(
            f"没有安装计算引擎 {engine} 的软件包：请用 make prove ENGINE={engine} | "
            f"the packages of engine {engine} are not installed: use make prove ENGINE={engine}"
        ) from problem
    server = None
    if not address:
        server, address = _sail()
    place = urlsplit(address)
    os.environ[HOST], os.environ[PORT] = str(place.hostname), str(place.port)
    builder = SparkSession.builder.remote(address)
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    try:
        yield session
    finally:
        session.stop()
        if server is not None:
            server.stop()


def versions(engine: str) -> dict[str, str]:
    """The releases of the packages that `engine` needs, by name."""
    return {package: metadata.version(package) for package in PACKAGES[engine]}


def _sail() -> tuple[Any, str]:
    from pysail.spark import SparkConnectServer

    server = SparkConnectServer(ip="127.0.0.1", port=0)
    server.start(background=True)
    host, port = server.listening_address
    return server, f"sc://{host}:{port}"
