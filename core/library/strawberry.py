"""Strawberry's database: a fork of Clementine's, with the URL in another column."""

from core.library.songs_table import PlayerSchema

COLLECTION_SOURCE = 2
"""The other sources are devices, CDs and streams."""

STRAWBERRY = PlayerSchema(
    player="Strawberry",
    location="url",
    oldest=8,  # that version renamed filename to url; ratings came with 13
    newest=23,
    own_columns=frozenset({"source", "directory_id"}),
    condition=f"source = {COLLECTION_SOURCE}",
)
