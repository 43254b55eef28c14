"""WORK: from a delivered file to accepted and rejected rows; knows nothing of Dagster."""
