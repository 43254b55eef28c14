"""Receiving and publishing, each by itself, ended anywhere and started again: a trial, and what is wrong with its tree.
Whole runs of the command line are ended in killing.py."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from tests.faults import power, programs
from tests.faults.killing import ended, left_over, size, sooner, undisturbed

Content = dict[str, Any]
POWER = 0.5  # of those that were ended lose what the disk was not asked to keep


@dataclass
class Step:
    """A program, the tree it starts from, and what an undisturbed run makes of that. `span` is in seconds.

    `next_day`: the program as it is started again a day later.
    """

    context: Any
    program: Callable[[Path], None]
    found: Callable[[Path], Content]
    start: Path
    swept: str  # the folder in which nothing may be left over
    expected: Content
    bytes_used: int
    span: float
    growth: float
    next_day: Callable[[Path], None]

    def trial(self, random: Random, root: Path) -> tuple[list[str], str]:
        """How it was ended, one to three times, and what is wrong with the tree after a run to the end; "" if nothing.

        What was published before the first is readable after each."""
        shutil.copytree(self.start, root)
        first, told, wrong = self.found(root), [], ""
        for _ in range(random.randint(1, 3)):
            kept, before = root.with_suffix(".kept"), power.states(root)
            told.append(ended(self.context, random, self.span, power.noting, kept, self.program, root))
            if told[-1] != "-" and random.random() < POWER:
                damaged = power.fails(random, root / "data" / self.swept, before, kept)
                told[-1] += f", power: {damaged} files"
            kept.unlink(missing_ok=True)
            self.span = sooner(self.span, told[-1])
            now = self.found(root) if self.swept == PUBLISHED else {}
            wrong = wrong or ", ".join(name for name in now if " " in name and first.get(name, now[name]) != now[name])
            wrong = wrong or ", ".join(name for name in first if " " in name and name not in now)
        undisturbed(self.context, self.program, root)
        wrong = wrong or _differing(self.found(root), self.expected)
        wrong = wrong or ", ".join(left_over(root / "data" / self.swept))
        wrong = wrong or ("it grew" if size(root) > self.growth * self.bytes_used + 4096 else "")
        shutil.rmtree(root)
        return told, wrong

    def without_power(self, root: Path) -> tuple[int, str]:
        """A run to its end, then every file emptied that the disk was not asked to keep: how many, and what is wrong
        with the tree after one more run."""
        shutil.copytree(self.start, root)
        kept, before = root.with_suffix(".kept"), power.states(root)
        undisturbed(self.context, power.noting, kept, self.program, root)
        emptied = power.fails(power.Emptying(), root / "data" / self.swept, before, kept)
        undisturbed(self.context, self.next_day, root)
        return emptied, _differing(self.found(root), self.expected)


PUBLISHED = "published"


def _differing(found: Content, expected: Content) -> str:
    return ", ".join(name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name))


def receiving(context: Any, root: Path) -> Step:
    """From a landing folder with some kinds and months to lake and ledger."""
    programs.land(programs.at(root / "calm"))
    shutil.copytree(root / "calm", root / "landed")
    undisturbed(context, programs.receive, root / "calm")
    shutil.copytree(root / "calm" / "keys", root / "landed" / "keys")
    again = undisturbed(context, programs.receive, root / "calm")
    expected, used = programs.received(root / "calm"), size(root / "calm")
    assert len(expected) > 30
    return Step(
        context, programs.receive, programs.received, root / "landed", ".", expected, used, 2 * again + 1, growth=1.0,
        next_day=programs.receive_next_day,
    )  # fmt: skip


def publishing(context: Any, root: Path) -> Step:
    """From one month that was published to three."""
    programs.ready(root / "ready")
    programs.publish(root / "ready", programs.PUBLISHED[:1])
    shutil.copytree(root / "ready", root / "calm")
    seconds = undisturbed(context, programs.publish, root / "calm")
    expected, used = programs.published(root / "calm"), size(root / "calm")
    return Step(
        context, programs.publish, programs.published, root / "ready", PUBLISHED, expected, used, seconds, growth=1.2,
        next_day=programs.publish,
    )  # fmt: skip
