"""What long work is made of: events, a pool of processes, a child that speaks JSON lines."""
