"""Questions to a snapshot that several rooms ask: each function takes a cursor and bound values, and returns a frame.
Drawing, wording and caching do not belong here."""
