"""Cards, chips, lists and grids as HTML text, every word of them escaped.
Questions to the data and Streamlit do not belong here."""
