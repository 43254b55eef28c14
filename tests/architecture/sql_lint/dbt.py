"""Stand-ins for dbt's cross-database macros, so that sqlfluff can render models without dbt and without a database.
What a macro becomes on a real engine belongs to dbt; here only the shape of the expression matters."""

from __future__ import annotations

from collections.abc import Callable

TYPES = {
    "type_string": "varchar",
    "type_int": "integer",
    "type_bigint": "bigint",
    "type_float": "double",
    "type_boolean": "boolean",
    "type_timestamp": "timestamp",
}


def __getattr__(name: str) -> Callable[..., str]:
    """Any macro of the `dbt` namespace as a plain call of the same name, or as a type."""
    if name.startswith("__"):
        raise AttributeError(name)
    if name in TYPES:
        return lambda: TYPES[name]
    return lambda *arguments: f"{name}({', '.join(str(argument) for argument in arguments)})"
