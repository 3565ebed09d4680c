"""How far a sentence answers a question: what it tells, of whom, and where it stands."""
