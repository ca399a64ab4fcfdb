"""Around a run: where it is kept, what is searched, and functions of the owner's own."""
