"""Networks: what turns sound into embeddings, and embeddings into predicted ratings."""
