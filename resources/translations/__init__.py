"""The texts of the window in other languages: the sources, and what `make translations` makes of them."""
