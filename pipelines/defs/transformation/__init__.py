"""The dbt models as assets, with their lineage from the lake; the models are in dbt_project."""
