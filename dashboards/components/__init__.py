"""What two or more pages show: blocks with their texts, drawn from what the pages hand over.
What every page stands in belongs to shell; what one page shows belongs to the page."""
