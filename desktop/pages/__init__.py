"""One page of the window a file: thin, what it knows comes from the session."""
