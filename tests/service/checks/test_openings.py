"""What only opens a sentence is no part of what it states."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.checks.openings import claim_of, unanswering


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        pytest.param("Firstly, the park is old.", "the park is old.", id="a number"),
        pytest.param("According to the article, the park is old.", "the park is old.", id="the article"),
        pytest.param("Based on the provided sources, the park is old.", "the park is old.", id="the sources"),
        pytest.param("The article states that the park is old.", "the park is old.", id="the article states"),
        pytest.param("It is worth noting that the park is old.", "the park is old.", id="worth noting"),
        pytest.param("It should be noted that the park is old.", "the park is old.", id="should be noted"),
        pytest.param("No, the park is not old.", "the park is not old.", id="no"),
        pytest.param("Yes. Overall, the park is old.", "the park is old.", id="two of them"),
        pytest.param("首先，园区很大。", "园区很大。", id="zh a number"),
        pytest.param("总的来说，园区很大。", "园区很大。", id="zh overall"),
        pytest.param("据文章介绍，园区很大。", "园区很大。", id="zh the article"),
        pytest.param("根据提供的资料，园区很大。", "园区很大。", id="zh the sources"),
        pytest.param("不，园区不收租金。", "园区不收租金。", id="zh no"),
        pytest.param("没有，园区不收租金。", "园区不收租金。", id="zh there is none"),
        pytest.param("The park is old.", "The park is old.", id="nothing before it"),
        pytest.param("Not all parks are old.", "Not all parks are old.", id="a denial"),
        pytest.param("No park is old.", "No park is old.", id="another no"),
        pytest.param("不少园区很大。", "不少园区很大。", id="zh another no"),
        pytest.param(
            "According to Ada Brill, the park is old.", "According to Ada Brill, the park is old.", id="a person"
        ),
        pytest.param("Yes.", "Yes.", id="nothing else"),
    ],
)
def test_what_a_sentence_states(sentence: str, claim: str) -> None:
    assert claim_of(sentence) == claim


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        pytest.param("No, the park is old.", "The park is old.", id="no"),
        pytest.param("Yes. The park is old.", "The park is old.", id="a sentence of its own"),
        pytest.param("Yes – the park is old.", "The park is old.", id="a dash"),
        pytest.param("Yes it is an old park.", "It is an old park.", id="no stop at all"),
        pytest.param("The answer is no: the park is old.", "The park is old.", id="the answer is no"),
        pytest.param(
            "According to the article, yes, the park is old.",
            "According to the article, the park is old.",
            id="behind another opening",
        ),
        pytest.param("不是，园区很大。", "园区很大。", id="zh no"),
        pytest.param("是的，园区不收租金。", "园区不收租金。", id="zh yes"),
        pytest.param("不会。园区不收租金。", "园区不收租金。", id="zh it won't"),
        pytest.param("Firstly, the park is old.", "Firstly, the park is old.", id="another opening stays"),
        pytest.param("No park is old.", "No park is old.", id="a denial"),
        pytest.param("No. 5 is old.", "No. 5 is old.", id="a number"),
        pytest.param("No, 53 mills are old.", "53 mills are old.", id="no before a number"),
        pytest.param("Yes Mills are old.", "Yes Mills are old.", id="a name"),
        pytest.param("Right-angled roofs are old.", "Right-angled roofs are old.", id="a part of a word"),
        pytest.param("不少园区很大。", "不少园区很大。", id="zh another no"),
        pytest.param("Yes.", "Yes.", id="nothing else"),
    ],
)
def test_a_yes_or_no_is_not_shown(sentence: str, shown: str) -> None:
    assert unanswering(sentence) == shown


@given(st.text(max_size=60))
def test_it_is_the_end_of_the_sentence(sentence: str) -> None:
    assert sentence.endswith(claim_of(sentence))
