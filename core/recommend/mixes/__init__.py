"""What mixes are made of: kinds of liked songs, lists that differ, names and tempi."""
