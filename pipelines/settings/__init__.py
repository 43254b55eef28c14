"""The settings of an installation: read, checked, combined with the national catalogue into the tables in force.
What a setting means for a figure is said by the models; where the folder lies, by layout.py."""
