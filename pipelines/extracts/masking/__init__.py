"""What of a delivered text may be kept and shown: identity numbers, names of persons, unreadable values, file names.
Keyed hashes of persons belong to `persons`; which texts are written belongs to the modules that write them."""

from pipelines.extracts.masking.files import known_ending, shown_file
from pipelines.extracts.masking.frames import kept_frame
from pipelines.extracts.masking.names import DOTS, masked_name, masked_names, without_persons
from pipelines.extracts.masking.numbers import MASK, swept, without_numbers
from pipelines.extracts.masking.values import Key, identifier, is_identifier, shown, shown_unread

__all__ = [
    "DOTS",
    "MASK",
    "Key",
    "identifier",
    "is_identifier",
    "kept_frame",
    "known_ending",
    "masked_name",
    "masked_names",
    "shown",
    "shown_file",
    "shown_unread",
    "swept",
    "without_numbers",
    "without_persons",
]
