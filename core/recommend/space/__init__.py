"""Where songs lie by their sound, and who is near to whom."""
