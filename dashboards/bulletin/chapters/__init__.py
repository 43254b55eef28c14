"""The chapters of a bulletin in their order; each turns facts into blocks and formats nothing.
Figures and comparisons enter a text only as claims."""
