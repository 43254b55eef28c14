"""What a text of a court says and hides: numbers of cases, and the persons, telephones and accounts in prose.
Nothing here knows a file, a table or a page, so both the pipeline and the gallery read texts by the same rules."""
