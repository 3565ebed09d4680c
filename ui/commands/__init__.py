"""The commands of ``insight``: one file a topic."""
