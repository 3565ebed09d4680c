"""Names that a question asks about and an article never mentions."""

import pytest

from corpus.embedder import Embedder
from corpus.glossary import Glossary
from corpus.language import Analyzer
from corpus.library import Library
from service.gather import Gatherer
from service.retrieve import Retriever
from service.threshold import THRESHOLD
from tests.service.reading import understand
from tests.service.small_library import article, publish

LAWS = "# 法规\n\n《港口数据管理法》自2021年9月1日起施行。《渡轮条例》自2019年7月1日起施行。"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        pytest.param("《港口数据管理法》什么时候施行？", True, id="a law by its name"),
        pytest.param("《港口法》什么时候施行？", True, id="for short"),
        pytest.param("《港口网络管理法》什么时候施行？", False, id="another law"),
        pytest.param("《法港口》什么时候施行？", False, id="its characters in another order"),
    ],
)
def test_a_law_is_told_by_its_name_alone(
    library: Library, embedder: Embedder, analyzer: Analyzer, glossary: Glossary, question: str, told: bool
) -> None:
    publish(library, article(LAWS, "laws.md"))
    retriever = Retriever(library, analyzer)
    asked = understand(question, analyzer=analyzer, glossary=glossary)
    evidence = Gatherer(library, analyzer).gather(asked, retriever.retrieve(asked))
    retriever.close()
    assert (evidence.confidence >= THRESHOLD) == told
