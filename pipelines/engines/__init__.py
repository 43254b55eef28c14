"""The same dbt project on an engine that speaks Spark SQL: an embedded Sail, or Spark itself.
Nothing here knows a measure; what the engines read differently is mended in `dbt_project/macros/engines/`."""

ENGINES = ("sail", "spark")
