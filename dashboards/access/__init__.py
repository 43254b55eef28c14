"""Who is reading, what they may see, and the record of it.
What a reader may not see is not in the database their pages are given; no page has to remember to hide anything."""
