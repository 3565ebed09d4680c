"""The embedder as a LlamaIndex ``BaseEmbedding``: for pipelines of others that are built from LlamaIndex's parts.

Nothing here imports it at start; whoever does pays for importing LlamaIndex.
"""

from llama_index.core.base.embeddings.base import BaseEmbedding
from pydantic import PrivateAttr

from corpus.embedder import Embedder


class LlamaEmbedding(BaseEmbedding):
    """Gives LlamaIndex the vectors of an ``Embedder``."""

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(model_name=embedder.model_name)
        self._embedder = embedder

    def _get_query_embedding(self, query: str) -> list[float]:
        return [float(x) for x in self._embedder.embed_query(query)]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return [[float(x) for x in vector] for vector in self._embedder.embed_texts(texts)]
