"""The retriever as a LlamaIndex ``BaseRetriever``: for pipelines of others that are built from LlamaIndex's parts.

Nothing here imports it; whoever does pays for importing LlamaIndex.
"""

import asyncio
from typing import Any, Protocol

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeRelationship, NodeWithScore, QueryBundle, RelatedNodeInfo, TextNode

from corpus.filters import EVERYTHING, Filter
from service.evidence import SearchHit

_NOT_FOR_MODELS = ["article_id", "url", "start", "end"]


class Searches(Protocol):
    """What the retriever needs of the assistant."""

    def search(self, query: str, *, k: int = 10, where: Filter = EVERYTHING) -> list[SearchHit]:
        """Return the ``k`` best passages of the articles that ``where`` admits, best first."""
        ...


class InsightRetriever(BaseRetriever):
    """Finds passages as ``insight search`` does.

    Each node's id is the passage's, its text the passage's own; ``start`` and ``end`` count code points of the
    article's text, and the source node's id is the article's. Scores are 0 to 1 and comparable within one search
    only. Retrieving raises BadInput or TooLong where the query can't be searched for.
    """

    def __init__(self, assistant: Searches, *, k: int = 10, where: Filter = EVERYTHING, **options: Any) -> None:
        super().__init__(**options)
        self._assistant, self._k, self._where = assistant, k, where

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = self._assistant.search(query_bundle.query_str, k=self._k, where=self._where)
        return [NodeWithScore(node=_node(hit), score=hit.score) for hit in hits]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)


def _node(hit: SearchHit) -> TextNode:
    return TextNode(
        id_=hit.passage_id,
        text=hit.text,
        start_char_idx=hit.start,
        end_char_idx=hit.end,
        metadata={
            "article_id": hit.article.id,
            "title": hit.article.title,
            "url": hit.article.url,
            "published": hit.article.published,
            "start": hit.start,
            "end": hit.end,
            "headings": " > ".join(hit.headings),  # one text: most vector stores take no lists
        },
        excluded_embed_metadata_keys=[*_NOT_FOR_MODELS, "published"],
        excluded_llm_metadata_keys=_NOT_FOR_MODELS,
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=hit.article.id)},
    )
