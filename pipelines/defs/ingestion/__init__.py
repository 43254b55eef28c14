"""Receiving files, the ledger, and the gate as assets; the work is in pipelines.extracts and expectations."""
