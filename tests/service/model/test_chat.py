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
        pytest.param("Yes, it is.", True, id="a yes that says nothing more"),
        pytest.param("不是的。", True, id="zh a no that says nothing more"),
        pytest.param("如果您还有其他问题，请告诉我。", True, id="zh an offer"),
        pytest.param("Yes, the hub has a canteen.", False, id="an answer with a yes"),
        pytest.param("No rent is due in the first year.", False, id="a denial that begins with no"),
        pytest.param("No one has agreed how it should end.", False, id="nobody"),
        pytest.param("Certainly, firms like the park.", False, id="an assurance with a statement"),
        pytest.param("不同企业的要求不一致。", False, id="zh a statement that begins with a no"),
        pytest.param("没有固定的总体规划。", False, id="zh a denial"),
        pytest.param("当然，园区也有自己的难题。", False, id="zh a concession"),
        pytest.param("如有变更，须经双方同意。", False, id="zh a condition"),
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
