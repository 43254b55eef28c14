"""A session with an engine that speaks Spark SQL: Sail in this process, Spark on a master, or a server elsewhere.
What is asked of the session is said by the other modules."""

from __future__ import annotations

import os
import site
import socket
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import metadata
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pipelines.engines import ENGINES

HOST, PORT = "ENFORCEMENT_ENGINE_HOST", "ENFORCEMENT_ENGINE_PORT"  # read by profiles.yml
SETTINGS = {"spark.sql.session.timeZone": "UTC", "spark.sql.ansi.enabled": "false"}
PACKAGES = {
    "sail": ("pysail", "dbt-sail", "dbt-spark", "pyspark-client"),
    "spark": ("pyspark", "dbt-spark"),
}
MODULES = {"sail": "pysail", "spark": "pyspark"}
DEFAULT_PORT = 15002  # of Spark Connect
ANSWER_SECONDS = 5
LOCAL = "local[2]"  # two threads of this machine: a master of Spark's own
SPARK = {
    "spark.driver.memory": "4g",
    "spark.sql.shuffle.partitions": "2",  # 200 by default: most tables here have a few thousand rows
    "spark.sql.warehouse.dir": "tables",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.hadoop.javax.jdo.option.ConnectionURL": "jdbc:derby:;databaseName=tables_known;create=true",
}


class NoEngineError(Exception):
    """There is no such engine, its packages are not there, or no server answers; the text says what to do, in
    Chinese and English."""


def looked_for(engine: str) -> None:
    """NoEngineError for a name that is no engine's, and for one whose packages are not installed; asks no server."""
    if engine not in ENGINES:
        known = "、".join(ENGINES)
        raise NoEngineError(
            f"没有名为 {engine} 的计算引擎：ENFORCEMENT_ENGINE 可以是 {known}，不设则为 DuckDB | "
            f"there is no engine {engine}: ENFORCEMENT_ENGINE can be {' or '.join(ENGINES)}; unset, it is DuckDB"
        )
    if not any(PathFinder.find_spec(MODULES[engine], among) for among in ([str(_packages(engine))], None)):
        raise _not_installed(engine)


@contextmanager
def opened(engine: str, address: str = "") -> Iterator[Any]:
    """A session (pyspark.sql.SparkSession), closed afterwards together with what was started for it.

    `address` is a Spark Connect server for Sail (sc://host:port; without it one is started in this process, on this
    machine's own address and a free port), a master for Spark (spark://host:port, yarn; without it local[2]).
    """
    site.addsitedir(str(_packages(engine)))
    try:
        session, end = OPENERS[engine](address)
    except ImportError as problem:
        raise _not_installed(engine) from problem
    try:
        yield session
    finally:
        end()


def _packages(engine: str) -> Path:
    return Path(sys.prefix) / "engines" / engine


def _not_installed(engine: str) -> NoEngineError:
    return NoEngineError(
        f"没有安装计算引擎 {engine} 的软件包：请用 make prove ENGINE={engine} | "
        f"the packages of engine {engine} are not installed: use make prove ENGINE={engine}"
    )


def versions(engine: str) -> dict[str, str]:
    """The releases of the packages that `engine` needs, by name."""
    return {package: metadata.version(package) for package in PACKAGES[engine]}


def _sail(address: str) -> tuple[Any, Callable[[], None]]:
    from pyspark.sql import SparkSession

    server = None
    if address:
        reached(address)
    else:
        os.environ.setdefault("RUST_LOG", "error")  # the server writes what it does to the terminal otherwise
        from pysail.spark import SparkConnectServer

        server = SparkConnectServer(ip="127.0.0.1", port=0)
        server.start(background=True)
        host, port = server.listening_address
        address = f"sc://{host}:{port}"
    place = urlsplit(address)
    os.environ[HOST], os.environ[PORT] = str(place.hostname), str(place.port or DEFAULT_PORT)
    session = _configured(SparkSession.builder.remote(address), SETTINGS).getOrCreate()

    def end() -> None:
        session.stop()
        if server is not None:
            server.stop()

    return session, end


def reached(address: str) -> None:
    """NoEngineError where nothing listens at a server's address: its client asks again for many minutes."""
    place = urlsplit(address)
    try:
        socket.create_connection((str(place.hostname), place.port or DEFAULT_PORT), timeout=ANSWER_SECONDS).close()
    except (OSError, ValueError) as problem:
        raise NoEngineError(
            f"{address} 没有服务应答，请检查地址（sc://主机:端口）和服务 | "
            f"no server answers at {address}: check the address (sc://host:port) and the server"
        ) from problem


def _spark(master: str) -> tuple[Any, Callable[[], None]]:
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable  # workers compute the intervals: they import what is installed here
    builder = _configured(SparkSession.builder.master(master or LOCAL).enableHiveSupport(), SETTINGS | SPARK)
    try:
        session = builder.getOrCreate()
    except Exception as problem:  # without Java, or without its master, Spark gives errors of many kinds
        raise NoEngineError(
            f"Spark 没有启动（需要 Java 17 或更新；主节点 {master or LOCAL}）：{problem} | "
            f"Spark did not start (it needs Java 17 or newer; master {master or LOCAL}): {problem}"
        ) from problem
    session.sparkContext.setLogLevel("ERROR")
    return session, session.stop


def _configured(builder: Any, settings: Mapping[str, str]) -> Any:
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder


OPENERS: Mapping[str, Callable[[str], tuple[Any, Callable[[], None]]]] = {"sail": _sail, "spark": _spark}
