"""The analysts' SQL: statements run in processes of their own, in a fair queue, on the snapshot a reader may see.
How the page looks belongs to app_pages; who may ask belongs to access."""
