"""From embeddings and predictions to suggestions."""
