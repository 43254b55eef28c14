"""From the warehouse's public tables to a sealed snapshot that readers can trust not to change under them.
Computing the tables belongs to dbt_project, showing them to dashboards."""
