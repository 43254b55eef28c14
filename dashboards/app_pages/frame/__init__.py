"""What every page shares: the cached reader, the state in the URL, the bar on top, tables and pictures on a page.
What a single page shows belongs to that page."""
