"""Acts carried whole from the file to the server and back: counted, compared by digest, and never mixed with others.
What either of them does with an act of today is for the keepers; where a backup is put, for the pipeline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dashboards.proceedings import store
from dashboards.proceedings.keepers.address import VARIABLE, given
from dashboards.proceedings.keepers.contract import Row, StoreError, digest
from dashboards.proceedings.keepers.in_file import InFile
from dashboards.proceedings.keepers.on_server import OnServer

PATIENCE = 600.0  # seconds for one statement: carrying a store of years takes longer than a page may


@dataclass(frozen=True)
class Carried:
    """How many acts are there now with their digest, and how many of them were carried by this call."""

    count: int
    carried: int
    digest: str
    where: str


def to_server() -> Carried:
    """Carry the file's acts to the server, under both writers' locks; the file then says that they are there.

    A server that holds the first of them (a carrying that was cut off) is given the rest. StoreError where it holds
    others, or cannot be reached: then nothing was changed.
    """
    server = _server()
    file = InFile(store.place(), is_asked_anyway=True)
    if not store.place().is_file():
        raise StoreError("还没有人写过，没有可转存的 | nobody has written anything yet: there is nothing to carry")
    with file.writing() as here:
        rows = here.everything()
        with server.writing() as there:
            known = there.everything()
            carried = _rest(rows, known, server.address.place)
            there.fill(carried)
            found = there.everything()
            _ask_same(rows, found)
        here.set_carried(is_carried=True)
    return Carried(len(found), len(carried), digest(found), server.address.place)


def to_file() -> Carried:
    """Carry the server's acts into the tree's file, which is in use again; the server is left as it is. StoreError."""
    server, file = _server(), InFile(store.place(), is_asked_anyway=True)
    with server.writing() as there, file.writing() as here:
        rows = there.everything()
        carried = _rest(rows, here.everything(), str(store.place()))
        here.fill(carried)
        found = here.everything()
        _ask_same(rows, found)
        here.set_carried(is_carried=False)
    return Carried(len(found), len(carried), digest(found), str(store.place()))


def copy(to: Path) -> None:
    """A whole copy of the acts as a file, wherever they are kept. FileExistsError; StoreError."""
    if to.exists():
        raise FileExistsError(to)
    keeper = store.keeper()
    if isinstance(keeper, InFile):
        keeper.copy(to)
        return
    rows = _server().everything()
    with InFile(to).writing() as here:
        here.fill(rows)
        _ask_same(rows, here.everything())


def held() -> int:
    """How many acts the server holds; nought where no address is given. StoreError where it cannot be asked."""
    return len(_server().everything()) if given() else 0


def _server() -> OnServer:
    address = given()
    if address is None:
        raise StoreError(f"未设置 {VARIABLE} | {VARIABLE} is not set: it names the server")
    return OnServer(address, PATIENCE)


def _rest(rows: Sequence[Row], known: Sequence[Row], where: str) -> list[Row]:
    """Those of the acts that are not there yet. StoreError where others are."""
    both = min(len(rows), len(known))
    if list(rows[:both]) != list(known[:both]):
        raise StoreError(
            f"{where} 已有另外 {len(known)} 条内容，未转存：请另用空的库 | "
            f"{where} holds {len(known)} acts of its own: nothing was carried; name an empty one"
        )
    return list(rows[both:])


def _ask_same(rows: Sequence[Row], found: Sequence[Row]) -> None:
    if digest(found[: len(rows)]) != digest(rows):
        raise StoreError("转存前后不一致，已撤回 | what was carried is not what was there: nothing was changed")
