"""What the views draw: plain rows made off the UI thread, and the Qt models over them."""
