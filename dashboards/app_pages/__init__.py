"""The pages, one folder each: its script, its blocks, its questions, its charts and its words.
What every page stands in is in shell; what two pages show is in components."""
