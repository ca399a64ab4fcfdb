"""The tables of songs, lists and runs, and how their cells are drawn."""
