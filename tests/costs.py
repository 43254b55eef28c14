"""What the suite costs in CPU seconds, its children's included: `make test COSTS=1`, or `pytest -p tests.costs`.
Wall time says little on a machine that does other work too; what is asserted belongs to the tests."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator

import pytest

COST, FIXTURE = "cpu", "cpu of "
SHOWN = 40
_totals: Counter[str] = Counter()
_tests: Counter[str] = Counter()
_fixtures: Counter[str] = Counter()
_item: list[pytest.Item] = []


def spent() -> float:
    """CPU seconds of this process and of its children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    _item[:] = [item]
    return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef) -> Iterator[None]:
    before = spent()
    try:
        return (yield)
    finally:
        if fixturedef.scope != "function" and _item:
            _item[0].user_properties.append((f"{FIXTURE}{fixturedef.argname}", spent() - before))


def _phase(item: pytest.Item) -> Iterator[None]:
    before = spent()
    try:
        return (yield)
    finally:
        item.user_properties.append((COST, spent() - before))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    return (yield from _phase(item))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    return (yield from _phase(item))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    return (yield from _phase(item))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.when != "teardown":  # it carries what the phases before it wrote, and its own
        return
    path, _, test = report.nodeid.partition("::")
    for name, seconds in report.user_properties:
        if name == COST:
            _totals[path] += seconds
            _tests[f"{path}::{test.partition('[')[0]}"] += seconds
        elif name.startswith(FIXTURE):
            _fixtures[f"{path}: {name.removeprefix(FIXTURE)}"] += seconds


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not _totals:
        return
    folders: Counter[str] = Counter()
    for path, seconds in _totals.items():
        folders[path.rpartition("/")[0]] += seconds
    shown = {"folders": folders, "files": _totals, "tests, all cases of each": _tests, "shared fixtures": _fixtures}
    for title, table in shown.items():
        terminalreporter.write_sep("-", f"CPU seconds: {title}, {sum(table.values()):.0f} in all")
        for name, seconds in table.most_common(SHOWN):
            terminalreporter.write_line(f"{seconds:8.1f}  {name}")
