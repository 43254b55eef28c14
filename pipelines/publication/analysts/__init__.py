"""The snapshot's own vocabulary for analysts: table macros that give the dashboards' numbers and the cases behind them.
What is counted is said by dim_indicators and dim_measures; nothing is defined here a second time."""
