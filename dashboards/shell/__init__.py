"""What every page shares: sign-in, header, state in the URL, cached questions, tables and pictures on a page.
What a single page shows belongs to that page; what two pages show, to components."""
