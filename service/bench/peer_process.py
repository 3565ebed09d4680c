"""The peer: LlamaIndex over Chroma with sentence-transformers, as their documentation puts the three together.

It runs by itself, in an interpreter that need not know the assistant: ``python peer_process.py MODEL_FOLDER``. Each
line on standard input is a request and gets one line on standard output, both of JSON; all else goes to standard error.
"""

import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

FOUND = 10  # passages of a search
_BATCH = 32
_ADDED = 2000  # nodes given to Chroma at a time; it takes no more than 5461


class Peer:
    """The pipeline with the methods that a request can name."""

    def __init__(self, model: str, folder: str) -> None:
        chroma = import_module("chromadb")
        self._core = import_module("llama_index.core")
        store = import_module("llama_index.vector_stores.chroma").ChromaVectorStore
        embedding = import_module("llama_index.embeddings.huggingface").HuggingFaceEmbedding
        self._model = embedding(model_name=model, device="cpu", embed_batch_size=_BATCH)
        collection = chroma.PersistentClient(folder).create_collection("peer", metadata={"hnsw:space": "cosine"})
        self._store = store(chroma_collection=collection)
        self._retriever: Any = None
        self._held = 0

    def embed(self, texts: list[str]) -> dict[str, Any]:
        """Embed texts as an ingest would."""
        return {"seconds": _seconds(lambda: self._model.get_text_embedding_batch(texts))}

    def embed_queries(self, queries: list[str]) -> dict[str, Any]:
        """Embed questions one by one."""
        return {"ms": _each(self._model.get_query_embedding, queries)}

    def load(self, folder: str) -> dict[str, Any]:
        """Add the passages in ``folder`` with the vectors that lie beside them."""
        numpy, node = import_module("numpy"), import_module("llama_index.core.schema").TextNode
        nodes: list[Any] = []
        begun = time.perf_counter()
        for file in sorted(Path(folder).glob("*.jsonl")):
            with file.open(encoding="utf-8") as lines:
                held = [json.loads(line) for line in lines]
            for one, vector in zip(held, numpy.load(file.with_suffix(".npy")), strict=True):
                about = {"article": one["article"], "title": one["title"]}
                nodes.append(node(id_=one["id"], text=one["text"], metadata=about, embedding=vector.tolist()))
                if len(nodes) == _ADDED:
                    self._add(nodes)
        self._add(nodes)
        index = self._core.VectorStoreIndex.from_vector_store(self._store, embed_model=self._model)
        self._retriever = index.as_retriever(similarity_top_k=FOUND)
        return {"passages": self._held, "seconds": time.perf_counter() - begun}

    def search(self, queries: list[str]) -> dict[str, Any]:
        """Search one by one."""
        return {"ms": _each(self._retriever.retrieve, queries)}

    def search_together(self, queries: list[str], threads: int) -> dict[str, Any]:
        """Search from several threads."""
        with ThreadPoolExecutor(threads) as pool:
            return {"seconds": _seconds(lambda: list(pool.map(self._retriever.retrieve, queries)))}

    def memory(self) -> dict[str, Any]:
        """Return the greatest resident memory so far, in megabytes."""
        size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return {"peak_mb": round(size / (1024 * 1024 if sys.platform == "darwin" else 1024), 1)}

    def _add(self, nodes: list[Any]) -> None:
        if nodes:
            self._store.add(nodes)
            self._held += len(nodes)
            nodes.clear()


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _each(work: Callable[[str], object], queries: Iterable[str]) -> list[float]:
    return [1000 * _seconds(partial(work, query)) for query in queries]


def main(model: str) -> None:
    """Load the pipeline, say how long that took, and serve requests until standard input ends."""
    begun = time.perf_counter()
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what libraries print is no answer
    with tempfile.TemporaryDirectory(prefix="insight-bench-peer-", ignore_cleanup_errors=True) as folder:
        peer = Peer(model, folder)
        _tell(answers, {"loaded_s": time.perf_counter() - begun})
        for line in sys.stdin:
            request = json.loads(line)
            _tell(answers, getattr(peer, request.pop("do"))(**request))


def _tell(answers: Any, document: dict[str, Any]) -> None:
    answers.write(json.dumps(document) + "\n")
    answers.flush()


if __name__ == "__main__":
    main(sys.argv[1])
