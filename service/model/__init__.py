"""Language models: what is sent to one, how its reply is read, and what is done when it fails."""
