"""The demo data: the invented library and the schema of the player's database."""
