"""What of a delivered text may be kept and shown: identity numbers, names of persons, unreadable values, file names.
Keyed hashes of persons belong to `persons`; which texts are written belongs to the modules that write them."""

from grammar.names import DOTS, PLAIN, masked_name, masked_names, remasked
from grammar.numbers import MASK, swept, swept_table, without_numbers
from pipelines.extracts.masking.files import known_ending, shown_error, shown_file
from pipelines.extracts.masking.frames import kept_frame
from pipelines.extracts.masking.values import (
    Key,
    converted,
    identifier,
    is_identifier,
    kept_text,
    quoted,
    shown,
    shown_courts,
    shown_unread,
)

__all__ = [
    "DOTS",
    "MASK",
    "PLAIN",
    "Key",
    "converted",
    "identifier",
    "is_identifier",
    "kept_frame",
    "kept_text",
    "known_ending",
    "masked_name",
    "masked_names",
    "quoted",
    "remasked",
    "shown",
    "shown_courts",
    "shown_error",
    "shown_file",
    "shown_unread",
    "swept",
    "swept_table",
    "without_numbers",
]
