"""How a text is read: its words, names, numbers, amounts and what is measured."""
