"""``insight bench``: speed and memory here and now, with a plain LlamaIndex and Chroma pipeline beside it."""
