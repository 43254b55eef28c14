"""What a text of a court says and hides: numbers of cases, persons, telephones, accounts; and when criteria freeze.
Nothing here knows a file, a table or a page, so both the pipeline and the gallery read texts by the same rules."""
