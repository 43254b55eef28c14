"""What people wrote, for administrators: a whole copy, the tables of a server, and the way there and back.
Where copies are kept, and how long, is for whoever backs up."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from dashboards.proceedings import moving, store
from dashboards.proceedings.keepers import schema
from dashboards.proceedings.keepers.address import VARIABLE, given


def main(arguments: list[str]) -> int:
    """0 when it is done; 1 when it cannot be, with the reason."""
    asked = _parser().parse_args(arguments)
    try:
        if asked.schema:
            print(schema.statements(asked.schema))
        elif asked.to_server:
            _tell(moving.to_server())
        elif asked.to_file:
            _tell(moving.to_file())
            print(f"请取消 {VARIABLE} 后再打开看板 | unset {VARIABLE} before the dashboards are opened again")
        else:
            _copy(asked.file)
    except (store.StoreError, OSError) as failed:
        print(failed, file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python -m dashboards.proceedings", description="人写的内容 | what people wrote"
    )
    ways = made.add_mutually_exclusive_group(required=True)
    ways.add_argument("file", nargs="?", type=Path, help="写出完整副本 | write a whole copy, while others write")
    ways.add_argument("--schema", nargs="?", const=schema.ROLE, metavar="ROLE",
                      help="打印建表和授权语句 | print the tables and grants, for the owner of a database")  # fmt: skip
    ways.add_argument("--to-server", action="store_true", help=f"文件 → {VARIABLE} | carry the file's acts there")
    ways.add_argument("--to-file", action="store_true", help=f"{VARIABLE} → 文件 | and back into the tree's file")
    return made


def _copy(to: Path) -> None:
    if given() is None and not store.place().is_file():
        raise store.StoreError("还没有人写过，没有可复制的 | nobody has written anything yet: there is nothing to copy")
    moving.copy(to)
    print(to)


def _tell(done: moving.Carried) -> None:
    if done.carried:
        print(f"转存 {done.carried} 条，现有 {done.count} 条，校验一致（sha256 {done.digest}） → {done.where} | "
              f"{done.carried} acts were carried, {done.count} are there, and they are the same")  # fmt: skip
    else:
        print(f"{done.count} 条都已在 {done.where}（sha256 {done.digest}） | all {done.count} acts are there already")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
