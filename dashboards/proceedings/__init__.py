"""What people write about figures: objections, comments, decisions of the meeting; a store beside the snapshots.
Pages show it and the bulletin prints it; figures stay in the snapshot and are never kept here."""
