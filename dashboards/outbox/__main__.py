"""`python -m dashboards.outbox [<snapshot>]`: who follows something is told what is new in a snapshot, once.
What is news is decided in news."""

from __future__ import annotations

import sys

from dashboards.outbox.evaluation import evaluate
from dashboards.proceedings.store import StoreError


def main(arguments: list[str]) -> int:
    """0 when everybody was told; 1 when somebody's message could not be made, or what they follow cannot be read."""
    try:
        told = evaluate(arguments[0] if arguments else None)
    except StoreError as failed:
        print(failed, file=sys.stderr)
        return 1
    print(
        f"{told.readers} 位读者，{told.messages} 份提醒，{told.items} 项 | "
        f"readers {told.readers}, messages {told.messages}, items {told.items}"
    )
    for name in told.failed:
        print(f"{name}：提醒未生成，见日志 | no message: see the log", file=sys.stderr)
    return 1 if told.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
