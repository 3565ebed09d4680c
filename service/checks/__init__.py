"""What a statement is checked for: its facts, its words in either language, and orders in disguise."""
