"""The parts of an answer in quotes mode: the direct answer, what leads a quote in, articles that disagree."""
