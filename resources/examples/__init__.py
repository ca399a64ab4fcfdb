"""Examples to copy: a configuration with all keys, and models of one's own."""
