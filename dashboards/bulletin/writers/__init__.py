"""One writer per format: a document, proven beforehand, becomes bytes.
No writer changes a text or reads the snapshot."""
