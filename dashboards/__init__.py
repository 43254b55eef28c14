"""The gallery: pages that read a published snapshot, and nothing else.
Anything that changes data, or that needs the pipeline's code, does not belong here."""
