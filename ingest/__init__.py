"""How a post becomes an article: fetch, clean, split, embed, publish."""
