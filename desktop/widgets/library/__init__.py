"""What stands around the table of the library: filters, and what can be done with the selected songs."""
