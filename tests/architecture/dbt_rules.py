"""The conventions of the dbt project as functions from models to what breaks them.
Which models there are belongs to the manifest; that nothing breaks the rules, to test_dbt_conventions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

# Floor by folder, lowest first; the first prefix that fits decides.
FLOORS = (
    ("staging/", 0),
    ("intermediate/", 1),
    ("marts/core/", 2),
    ("marts/performance/measures/", 3),
    ("marts/performance/", 4),
    ("marts/rankings/checks/", 5),
    ("marts/rankings/", 6),
)
NAMES = (
    ("staging/", r"stg_[a-z]+__[a-z_]+"),
    ("intermediate/", r"int_[a-z_]+_(?:[a-z]+ed|due|broken|known)"),
    ("marts/core/", r"(?:dim|fct)_[a-z_]+"),
    ("marts/performance/measures/", r"int_(?:measures__)?[a-z_]+"),
    ("marts/performance/windows/", r"int_[a-z_]+"),
    ("marts/performance/uncertainty/", r"int_[a-z_]+"),
    ("marts/performance/", r"fct_[a-z_]+"),
    ("marts/rankings/checks/", r"int_(?:checks__|gaming_)[a-z_]+"),
    ("marts/rankings/", r"rpt_[a-z_]+"),
)
PUBLIC = ("marts/core/", "marts/performance/fct_", "marts/rankings/rpt_")
# Named by the seams with other rooms before the grammar was a test; analysts rely on it.
KEPT_NAMES = frozenset({"actual_closure_flag_differs"})
PERSONAL = re.compile(r"person_name|respondent_name|id_number|person_hash|handler|_masked$|address|phone")
BILINGUAL = re.compile(r"[\u4e00-\u9fff][^|]* \| [^|]*[A-Za-z]")
WHOLE = {"integer", "bigint", "int", "hugeint"}


@dataclass(frozen=True)
class Model:
    """What the rules need of a model. `path` is below models/; `refs` are models, `sources` are sources."""

    path: str
    description: str = ""
    access: str = "private"
    contracted: bool = False
    refs: tuple[str, ...] = ()  # paths of the models referred to
    sources: tuple[str, ...] = ()
    columns: dict[str, tuple[str, str]] = field(default_factory=dict)  # name → (data type in lower case, description)

    @property
    def name(self) -> str:
        return self.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]

    @property
    def is_public(self) -> bool:
        return self.path.startswith(PUBLIC)


def models(manifest: dict[str, Any]) -> list[Model]:
    """Every model of the manifest."""
    nodes = manifest["nodes"]
    found = []
    for node in nodes.values():
        if node["resource_type"] != "model":
            continue
        up = node["depends_on"]["nodes"]
        found.append(
            Model(
                path=node["path"],
                description=node["description"],
                access=node["access"],
                contracted=bool(node["config"].get("contract", {}).get("enforced")),
                refs=tuple(nodes[u]["path"] for u in up if u.startswith("model.")),
                sources=tuple(u for u in up if u.startswith("source.")),
                columns={
                    c["name"]: ((c["data_type"] or "").lower(), c["description"]) for c in node["columns"].values()
                },
            )
        )
    return found


def floor(path: str) -> int:
    """The floor a model stands on. KeyError for a folder the house does not have."""
    for prefix, number in FLOORS:
        if path.startswith(prefix):
            return number
    raise KeyError(path)


def misnamed(found: Iterable[Model]) -> list[str]:
    wrong = []
    for model in found:
        pattern = next((p for prefix, p in NAMES if model.path.startswith(prefix)), None)
        if pattern is None or not re.fullmatch(pattern, model.name):
            wrong.append(model.path)
    return wrong


def upward(found: Iterable[Model]) -> list[str]:
    """Refs that go up; and refs between models that must not know each other: staging, families, rankings."""
    wrong = []
    for model in found:
        for ref in model.refs:
            sideways = floor(ref) == floor(model.path)
            other = ref.rsplit("/", 1)[-1]
            apart = floor(model.path) in (0, 6) or any(
                model.name.startswith(family) and other.startswith(family)
                for family in ("int_measures__", "int_checks__")
            )
            if floor(ref) > floor(model.path) or (sideways and apart):
                wrong.append(f"{model.path} refers to {ref}")
    return wrong


def sources_above_staging(found: Iterable[Model]) -> list[str]:
    return [m.path for m in found if m.sources and floor(m.path) != 0]


def undescribed(found: Iterable[Model]) -> list[str]:
    """Models, and columns of public ones, without a text in both languages. Private YAML says only what is tested."""
    wrong = []
    for model in found:
        if not BILINGUAL.search(model.description.replace("\n", " ")):
            wrong.append(model.path)
        for name, (_, description) in model.columns.items() if model.is_public else ():
            if not BILINGUAL.search(description.replace("\n", " ")):
                wrong.append(f"{model.path}: {name}")
    return wrong


def open_or_loose(found: Iterable[Model]) -> list[str]:
    """Public tables without an enforced contract or a type for every column; anything else that is public."""
    wrong = []
    for model in found:
        if model.is_public != (model.access == "public"):
            wrong.append(f"{model.path}: access {model.access}")
        if model.is_public and (not model.contracted or not model.columns):
            wrong.append(f"{model.path}: no enforced contract")
        wrong += [f"{model.path}: {n} has no type" for n, (t, _) in model.columns.items() if model.is_public and not t]
    return wrong


def personal(found: Iterable[Model]) -> list[str]:
    return [f"{m.path}: {name}" for m in found if m.is_public for name in m.columns if PERSONAL.search(name)]


def ill_named_columns(found: Iterable[Model], delivered: frozenset[str] = frozenset()) -> list[str]:
    """Columns whose name promises another type. Names that the extract contracts fix (`delivered`) are theirs."""
    wrong = []
    for model in found:
        for name, (kind, _) in model.columns.items():
            if not re.fullmatch(r"_?[a-z][a-z0-9_]*", name) or (name.startswith("_") and model.is_public):
                wrong.append(f"{model.path}: {name}")
            elif kind and name not in delivered | KEPT_NAMES and not _keeps_its_promise(name, kind.split("(")[0]):
                wrong.append(f"{model.path}: {name} is {kind}")
    return wrong


def _keeps_its_promise(name: str, kind: str) -> bool:
    promises = (
        (name.startswith(("is_", "has_")), kind in {"boolean", *WHOLE}),
        (kind == "boolean", name.startswith(("is_", "has_", "passed"))),
        (name.endswith("_date"), kind == "date"),
        (kind == "date", name.endswith(("_date", "_month", "_from", "_to", "day"))),
        (name.endswith("_at"), kind.startswith("timestamp")),
        (kind.startswith("timestamp"), name.endswith("_at")),
        (name.endswith("_count"), kind in {*WHOLE, "decimal"}),
        (name.endswith("_amount"), kind == "decimal"),
        (name.endswith(("_code", "_id", "_zh", "_en")), kind in {"varchar", "text"}),
        (name.endswith("_ratio"), kind in {"double", "decimal"}),
    )
    return all(kept for promised, kept in promises if promised)


def one_name_two_types(found: Iterable[Model]) -> list[str]:
    """Same quantity and unit, same name: hence the same kind of type in every public table.

    A contribution column is_… is a flag that can be summed, so whole numbers and booleans are one kind there. In the
    tables of failing and rejected rows `value` is what was delivered, as text.
    """
    kinds: dict[str, dict[str, str]] = defaultdict(dict)
    for model in found:
        for name, (kind, _) in model.columns.items() if model.is_public else ():
            if not (name == "value" and model.name.endswith("_rows")):
                flag = name.startswith(("is_", "has_")) and kind in {"boolean", *WHOLE}
                kinds[name].setdefault("flag" if flag else kind.split("(")[0], model.name)
    return [f"{name}: {where}" for name, where in sorted(kinds.items()) if len(where) > 1]
