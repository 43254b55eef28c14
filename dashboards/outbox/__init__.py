"""What readers follow, evaluated at each publication under their own role, and put as files into a folder of theirs.
Who follows what is kept in proceedings; pages show it, and nothing here is sent anywhere."""
