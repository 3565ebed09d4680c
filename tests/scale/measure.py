"""Ingests posts into a library in a process of its own and prints what it took, as one JSON document.

The embedder is a stub whose vectors cost next to nothing, so that what is measured is everything else.
"""

import json
import resource
import sys
import time
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corpus.article import Span
from corpus.embedder import Embedder
from corpus.encoded import Encoded, Vector
from corpus.glossary import Glossary
from corpus.language import Analyzer
from corpus.library import Library
from ingest.run import run_ingest

WIDTH = 64


class StubEncoder:
    """A vector by the text's checksum; counts its texts and its own time."""

    name, fingerprint = "stub", "stub@1"

    def __init__(self) -> None:
        self.texts, self.seconds = 0, 0.0

    def encode_query(self, text: str) -> Vector:
        """Return a unit vector that the text alone decides."""
        vector = np.random.default_rng(zlib.crc32(text.encode())).normal(size=WIDTH).astype(np.float32)
        return np.asarray(vector / np.linalg.norm(vector), np.float32)

    def encode_question(self, text: str, words: Sequence[Span]) -> Encoded:
        """Return such a vector, and none of words."""
        return Encoded(self.encode_query(text), np.zeros((0, WIDTH), np.float32))

    def encode_passages(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[Encoded]:
        """Return such vectors, the same one for a passage and its sentences."""
        begun = time.perf_counter()
        found = [
            Encoded(vector, np.repeat(vector[None, :], len(parts), axis=0))
            for vector, parts in zip(map(self.encode_query, texts), spans, strict=True)
        ]
        self.texts += len(texts)
        self.seconds += time.perf_counter() - begun
        return found

    def is_word(self, word: str) -> bool:
        """Know no words."""
        return False


def main(folder: str, data: str) -> None:
    """Ingest twice and print seconds outside embedding, counts and the peak of memory in MB."""
    analyzer = Analyzer()
    encoder = StubEncoder()
    library = Library.open(Path(data), embedder=Embedder(encoder), analyzer=analyzer, glossary=Glossary((), analyzer))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    document: dict[str, object] = {"memory_before_mb": before}
    for name in ("first", "second"):
        embedded, spent, begun = encoder.texts, encoder.seconds, time.perf_counter()
        busy = time.process_time()
        run = run_ingest(library, [folder])
        seconds = time.perf_counter() - begun - (encoder.seconds - spent)
        cpu = time.process_time() - busy - (encoder.seconds - spent)
        document[name] = {"seconds": seconds, "cpu_seconds": cpu, "embedded": encoder.texts - embedded, **run.counts}
    document["memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    library.close()
    print(json.dumps(document))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
