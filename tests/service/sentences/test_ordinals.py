"""Which of several a question means."""

import pytest

from corpus.glossary import Glossary
from corpus.language import Analyzer
from service.sentences.ordinals import Ordinals
from service.sentences.wanted import Wanted
from tests.service.reading import understand


@pytest.mark.parametrize(
    ("question", "sentence", "another"),
    [
        pytest.param(
            "How many mills joined the second round?", "Nine mills joined the first round.", True, id="another"
        ),
        pytest.param(
            "How many mills joined the second round?", "Nine mills joined the second round.", False, id="that"
        ),
        pytest.param(
            "How many mills joined the second wool round?", "The first round had nine.", True, id="words between"
        ),
        pytest.param(
            "How many mills joined the second round?",
            "Nine joined the first round and six the second.",
            True,
            id="once",
        ),
        pytest.param(
            "How many joined the second round?", "After the first round came another round of nine.", False, id="unsaid"
        ),
        pytest.param(
            "How many mills joined the round?", "Nine mills joined the first round.", False, id="not told apart"
        ),
        pytest.param("第二轮有多少家企业？", "第一轮有九家企业。", True, id="Chinese"),
        pytest.param("第二轮有多少家企业？", "第二轮有九家企业。", False, id="Chinese, that"),
        pytest.param("第二轮有多少家企业？", "首轮有九家企业。", True, id="Chinese, in one word"),
        pytest.param(
            "Who is the director of the mill?", "Ada Brill was its first director.", True, id="now, not first"
        ),
        pytest.param("Who is the director of the mill?", "Ada Brill, the former director, left.", True, id="before"),
        pytest.param("Who is the director of the mill?", "Ada Brill is its director.", False, id="unqualified"),
        pytest.param("Who was the director of the mill?", "Ada Brill was its first director.", False, id="of any time"),
        pytest.param("Who was the first director of the mill?", "Ada Brill was its first director.", False, id="first"),
        pytest.param("三期什么时候募集？", "二期于2024年募集。", True, id="Chinese, another phase"),
        pytest.param("一期规模多大？", "首期规模为三亿元。", False, id="Chinese, that phase by its other name"),
        pytest.param("三期什么时候募集？", "第三期间隔两年。", False, id="Chinese, no phase"),
        pytest.param("磨坊的现任主任是谁？", "艾达是首任主任。", True, id="Chinese, now"),
    ],
)
def test_a_sentence_says_another_one(
    question: str, sentence: str, another: bool, analyzer: Analyzer, glossary: Glossary
) -> None:
    asked = understand(question, analyzer=analyzer, glossary=glossary)
    wanted = Wanted.of(asked.text, asked.kind, asked.units, analyzer)
    assert Ordinals(asked.units, wanted, analyzer).says_another(sentence) is another
