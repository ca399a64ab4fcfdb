"""A library made in code: songs, a player database and a planted taste, to try Marmalade without music of one's own."""
