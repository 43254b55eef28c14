"""Pictures that several rooms draw: each function takes a frame that is ready to draw and returns a plotly figure.
Questions to the data, wording and page layout do not belong here."""
