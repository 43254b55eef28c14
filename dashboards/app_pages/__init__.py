"""The pages, one file each; what all of them share is in frame.
SQL, figures and rules about figures do not belong here."""
