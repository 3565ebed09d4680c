"""What we hold: articles, passages, the catalogue, the vector index and the embedder."""
