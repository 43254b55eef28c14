"""The same dbt project on an engine that speaks Spark SQL; Sail and Spark itself are those that were tried.
Nothing here knows a measure; what the engines read differently is mended in `dbt_project/macros/engines/`."""

ENGINES = ("sail", "spark")
