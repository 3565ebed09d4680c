"""How a question is read: what it asks for, what it leaves to earlier turns, how it was meant."""
