"""The gallery: pages that read a published snapshot, and nothing else.
Anything that changes data, or that needs the pipeline's code, does not belong here."""

import os

# Whatever the gallery writes (log, excerpts, answers, packs) is for its owner, by whichever door it was started.
os.umask(0o077)
