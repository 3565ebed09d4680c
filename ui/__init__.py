"""Everything a person touches: chat page and command line."""
