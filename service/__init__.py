"""How a question becomes an answer, and the API for other tools."""
