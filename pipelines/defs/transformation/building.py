"""`dbt build` in this very process, on the manifest that was parsed here, and what came of every model and data test.
Which tests are judged table by table is said here, how in dbt_project/macros/judge_claims.sql; Dagster is not known."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dbt.contracts.graph.manifest import Manifest

from pipelines.publication.dbt_process import invoke

# A test of these kinds is one query without a reference of its own: as a node of dbt's graph it costs 30 to 40 ms.
TOGETHER = ("accepted_values", "holds", "not_null", "relationships", "unique", "unique_combination")
# Unit tests judge the code and not the month: `make test` runs them. What dbt logs is written by `Heard`: its own
# loggers search every line, of thousands, for secrets of the environment.
UNHEARD = ("--log-level", "none", "--log-level-file", "none")
COMMAND = (
    *UNHEARD, "build", "--exclude-resource-type", "unit_test",
    "--exclude", *(f"test_name:{kind}" for kind in TOGETHER),
)  # fmt: skip
# Of a warehouse that another engine fills: its tables with their types and no row, then every test on what came.
WITHOUT_ROWS = ((*UNHEARD, "seed"), (*UNHEARD, "run", "--empty"))
TESTS_ALONE = (*UNHEARD, "test", "--exclude-resource-type", "unit_test")
CLAIMS = "CLAIMS "  # what the macro puts before its findings
SHOWN = ("info", "warn", "error")


class BuildFailedError(Exception):
    """A model was not built, or a data test does not hold; each is named with its file and its rows."""


@dataclass(frozen=True)
class Built:
    """What a build came to, by dbt's unique id of a model or seed: seconds, parents before children; and the tests of
    severity warn that have rows, each as `name: rows`."""

    seconds: Mapping[str, float]
    labels: Mapping[str, list[str]]


@dataclass
class Heard:
    """What dbt says while it builds: its lines go to where this process writes, findings are kept."""

    tell: Callable[[str], None]
    claims: dict[str, int] = field(default_factory=dict)

    def __call__(self, event: Any) -> None:
        name = event.info.name
        if name == "NodeFinished":
            self.tell(event.data.node_info.node_name)
        elif name == "JinjaLogInfo" and event.data.msg.startswith(CLAIMS):
            self.claims |= json.loads(event.data.msg.removeprefix(CLAIMS))
        elif event.info.level in SHOWN:
            sys.stdout.write(event.info.msg + "\n")


def tables_without_rows(parsed: Manifest | None, tell: Callable[[str], None]) -> dict[str, float]:
    """All seeds, and every model's table with its types and no row; seconds by dbt's unique id, parents first."""
    seconds: dict[str, float] = {}
    for command in WITHOUT_ROWS:
        done = invoke(command, parsed, Heard(tell))
        ran: Any = done.result or ()
        wrong = [_told(each.node, each.message) for each in ran if str(each.status) == "error"]
        if not done.success:
            raise BuildFailedError("\n".join(wrong) or f"dbt: {done.exception}")
        seconds |= {each.node.unique_id: each.execution_time for each in ran}
    return seconds


def build(
    manifest: Path, parsed: Manifest | None, tell: Callable[[str], None], command: Sequence[str] = COMMAND
) -> Built:
    """All seeds, models and data tests; `parsed` is the manifest if this process has it. `tell` hears each node's end.

    `command` is TESTS_ALONE where the tables are there already.
    BuildFailedError if a model is not built, a test of severity error has rows, or a test was not judged at all.
    """
    heard = Heard(tell)
    # Where dbt looks at the project again, it may find what the manifest on the disk does not know yet.
    done = invoke([*command, "--no-write-json"] if parsed else command, parsed, heard)
    ran: Any = done.result or ()
    nodes = json.loads(manifest.read_bytes())["nodes"]
    tests = {each.node.unique_id: each.failures or 0 for each in ran if each.node.resource_type == "test"}
    failures = tests | heard.claims
    wrong = [_told(each.node, each.message) for each in ran if str(each.status) == "error"]
    wrong += [_failing(nodes[name], rows) for name, rows in failures.items() if rows and _is_error(nodes[name])]
    if not done.success and not wrong:
        wrong = [f"dbt: {done.exception or 'the build did not succeed'}"]
    if not wrong and (missing := _tests(nodes) - failures.keys()):
        wrong = [f"not judged: {', '.join(sorted(missing))}"]
    if wrong:
        raise BuildFailedError("\n".join(wrong))
    labels: dict[str, list[str]] = {}
    for name, rows in failures.items():
        if rows:
            labels.setdefault(nodes[name].get("attached_node") or "", []).append(f"{nodes[name]['name']}: {rows}")
    tables = [each for each in ran if each.node.resource_type in ("model", "seed")]
    return Built({each.node.unique_id: each.execution_time for each in tables}, labels)


def _tests(nodes: Mapping[str, Any]) -> set[str]:
    return {name for name, node in nodes.items() if node["resource_type"] == "test"}


def _is_error(test: Mapping[str, Any]) -> bool:
    return str(test["config"]["severity"]).lower() == "error"


def _failing(test: Mapping[str, Any], rows: int) -> str:
    return f"Failure in test {test['name']} ({test['original_file_path']}): {rows} rows"


def _told(node: Any, message: str | None) -> str:
    return f"{node.resource_type} {node.name} ({node.original_file_path}): {message or 'not built'}"
