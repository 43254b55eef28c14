"""How the suite is shared out between processes: tests of one costly world run in one process, in order; and what is
said of it at the end. What a world is and how it is made belongs to the conftest of its folder."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

# The key of the audit log is made where a home is: that of tests is none of the person's who runs them.
if "ENFORCEMENT_AUDIT_KEY_FILE" not in os.environ:
    _keys = tempfile.TemporaryDirectory(prefix="audit-key-")  # gone with this process, and its children's with them
    os.environ["ENFORCEMENT_AUDIT_KEY_FILE"] = str(Path(_keys.name) / "audit.key")
# First come the two longest, one for each core, then what is short, then what takes long enough to fill the end.
WORLDS = {
    "tests/integration/": "integration",
    "tests/golden/": "golden",
    "tests/unit/fairness/": "fairness",
    "tests/faults/": "faults",
    "tests/unit/wiring/": "wiring",
    "tests/properties/": "compiled",
    "tests/unit/catalogue/": "compiled",
    "tests/unit/samples/": "samples",
    "tests/dashboards/test_browser.py": "browser",
    "tests/dashboards/bulletin/": "bulletin",
}
ORDER = tuple(dict.fromkeys(WORLDS.values()))
PROMISES = Path(__file__).parents[1] / "docs" / "SECURITY.md"


def world_of(nodeid: str) -> str:
    """The world whose fixtures are made once for all its tests; a test without one belongs to its own file."""
    return next((world for path, world in WORLDS.items() if nodeid.startswith(path)), nodeid.partition("::")[0])


class ByWorld(LoadScopeScheduling):
    """Under pytest 9.2 `--dist loadgroup` of pytest-xdist 3.8 shares out test by test: the group it writes into a
    test's id is not read back, and every world was made once by each process."""

    def _split_scope(self, nodeid: str) -> str:
        return world_of(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadScopeScheduling:
    config.option.loadscopereorder = False
    return ByWorld(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {world: place for place, world in enumerate(ORDER)}
    items.sort(key=lambda item: places.get(world_of(item.nodeid), len(ORDER)))


def attacks() -> tuple[str, ...]:
    """Tests that docs/SECURITY.md names, files and folders: a name without a folder lies beside the one before."""
    found, folder = [], ""
    for name in re.findall(r"`((?:tests/[\w/]+/)?(?:test_\w+\.py)?)`", PROMISES.read_text(encoding="utf-8")):
        folder = name.rpartition("/")[0] or folder
        found += [name if "/" in name else f"{folder}/{name}"] if name else []
    return tuple(found)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The figures of the attack list: one attempt for each test, and for each value that a test is given."""
    names, counts = attacks(), {"passed": 0, "failed": 0, "error": 0}
    for outcome in counts:
        reports = terminalreporter.stats.get(outcome, [])
        counts[outcome] = sum(report.nodeid.startswith(names) for report in reports)
    if tried := sum(counts.values()):
        terminalreporter.write_line(f"attacks (docs/SECURITY.md): {tried} tried, {counts['passed']} held")
