"""A whole copy of what people wrote, while others write: `python -m dashboards.proceedings <file>`.
Where copies are kept, and how long, is for whoever backs up."""

from __future__ import annotations

import sys
from pathlib import Path

from dashboards.proceedings import store


def main(arguments: list[str]) -> int:
    """0 when the copy is there; 1 when there is nothing to copy, or it cannot be."""
    if len(arguments) != 1:
        print("python -m dashboards.proceedings <file>", file=sys.stderr)
        return 2
    if not store.place().is_file():
        print("还没有人写过，没有可复制的 | nobody has written anything yet: there is nothing to copy", file=sys.stderr)
        return 1
    try:
        store.copy(Path(arguments[0]))
    except (store.StoreError, OSError) as failed:
        print(failed, file=sys.stderr)
        return 1
    print(arguments[0])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
