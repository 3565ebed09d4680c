"""What a chat model says besides its answer."""

import pytest

from service.model.chat import is_bare, is_idle, refuses


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The sources do not mention who runs the park.", True, id="the sources do not mention"),
        pytest.param("I cannot find this information in the articles.", True, id="can't find"),
        pytest.param("There is no information about rents in the provided sources.", True, id="no information"),
        pytest.param("The owner is not mentioned in the articles.", True, id="not mentioned"),
        pytest.param("很抱歉，资料中没有提到园区的负责人。", True, id="zh not mentioned"),
        pytest.param("根据提供的资料，无法回答这个问题。", True, id="zh can't answer"),
        pytest.param("The sources do not name a founder, but the park opened in 2007.", False, id="and then an answer"),
        pytest.param("资料中没有提到负责人，但园区于2007年启用。", False, id="zh and then an answer"),
        pytest.param("The park does not charge rent.", False, id="an answer that denies"),
        pytest.param("The article was published in May.", False, id="of an article"),
        pytest.param("Firms that cannot find space move to Brill.", False, id="of somebody who can't find"),
        pytest.param("园区内的企业常常无法找到合适的空间。", False, id="zh of somebody who can't find"),
    ],
)
def test_a_refusal_in_prose(text: str, expected: bool) -> None:
    assert refuses(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Would you like to know more?", True, id="a question back"),
        pytest.param("您还想了解什么？", True, id="zh a question back"),
        pytest.param("Sure! Happy to help.", True, id="a courtesy"),
        pytest.param("Here is what the articles say:", True, id="a lead-in"),
        pytest.param("以下是相关信息：", True, id="zh a lead-in"),
        pytest.param("希望以上信息对您有帮助。", True, id="zh a courtesy"),
        pytest.param("Who started there", True, id="a heading that asks"),
        pytest.param("When it rains, the ferry stops.", False, id="a clause of time"),
        pytest.param("No, the park opened in 2007.", False, id="an answer with a no"),
        pytest.param("Here the park has two houses.", False, id="a statement of a place"),
    ],
)
def test_what_nobody_misses(text: str, expected: bool) -> None:
    assert is_idle(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("WuXi AppTec", True, id="a name"),
        pytest.param("Suzhou or Shanghai", True, id="names"),
        pytest.param("2011", True, id="a number"),
        pytest.param("£42 per sq ft", True, id="a price"),
        pytest.param("药明康德", True, id="zh a name"),
        pytest.param("BioBAY opened in 2007", False, id="a sentence without its stop"),
        pytest.param("Average rent: £39", False, id="a value with what it is of"),
        pytest.param("园区占地320亩", False, id="zh a short sentence"),
        pytest.param("它很大。", False, id="zh a whole sentence"),
    ],
)
def test_a_bare_name_or_value(text: str, expected: bool) -> None:
    assert is_bare(text) is expected
