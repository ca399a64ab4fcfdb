"""The lists to look through on the page of what is going on."""
