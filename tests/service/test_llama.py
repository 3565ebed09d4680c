"""The retriever as a part of LlamaIndex."""

import asyncio
import subprocess
import sys

import pytest
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import MetadataMode, TextNode

from corpus.errors import BadInput
from corpus.library import Library
from service.assistant import Assistant
from service.llama import InsightRetriever

QUESTION = "Who are the residents of the Brightwater Science Park?"


def test_nodes_are_the_passages_that_a_search_finds(assistant: Assistant, small: Library) -> None:
    retriever = InsightRetriever(assistant, k=3)
    assert isinstance(retriever, BaseRetriever)
    found = retriever.retrieve(QUESTION)
    hits = assistant.search(QUESTION, k=3)
    assert [(n.node.node_id, n.get_score(), n.node.get_content()) for n in found] == [
        (hit.passage_id, hit.score, hit.text) for hit in hits
    ]
    assert len(found) == 3


def test_a_node_tells_where_it_stands(assistant: Assistant, small: Library) -> None:
    node = InsightRetriever(assistant).retrieve(QUESTION)[0].node
    assert isinstance(node, TextNode)
    source = small.article(node.metadata["article_id"])
    assert source is not None
    assert source.text[node.metadata["start"] : node.metadata["end"]] == node.text
    assert (node.start_char_idx, node.end_char_idx) == (node.metadata["start"], node.metadata["end"])
    assert node.ref_doc_id == source.id == "brightwater"
    assert {key: node.metadata[key] for key in ("title", "url", "published")} == {
        "title": "Brightwater Science Park",
        "url": "https://insights.example/brightwater",
        "published": "2025-03-04",
    }
    assert isinstance(node.metadata["headings"], str)


def test_a_model_reads_the_title_but_no_offsets(assistant: Assistant) -> None:
    node = InsightRetriever(assistant).retrieve(QUESTION)[0].node
    read = node.get_content(MetadataMode.LLM)
    assert "title: Brightwater Science Park" in read
    assert "start:" not in read
    assert "brightwater\n" not in node.get_content(MetadataMode.EMBED)


def test_it_can_be_awaited(assistant: Assistant) -> None:
    retriever = InsightRetriever(assistant, k=2)
    awaited = asyncio.run(retriever.aretrieve(QUESTION))
    assert [n.node.node_id for n in awaited] == [n.node.node_id for n in retriever.retrieve(QUESTION)]


def test_a_bad_query_is_refused(assistant: Assistant) -> None:
    with pytest.raises(BadInput, match="empty"):
        InsightRetriever(assistant).retrieve("  ")


def test_nothing_of_ours_imports_it() -> None:
    code = "import sys, service.wiring, service.api.app, ui.cli; sys.exit('service.llama' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
