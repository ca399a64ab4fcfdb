"""From stars to predictions: the mixed model of names and sound, and what hears for it."""
