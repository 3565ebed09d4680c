"""What a chat model says besides its answer."""

import pytest

from service.model.chat import declines, is_idle, refuses, without_refusal


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The sources do not mention who runs the park.", True, id="the sources do not mention"),
        pytest.param("I cannot find this information in the articles.", True, id="can't find"),
        pytest.param("There is no information about rents in the provided sources.", True, id="no information"),
        pytest.param("The owner is not mentioned in the articles.", True, id="not mentioned"),
        pytest.param("很抱歉，资料中没有提到园区的负责人。", True, id="zh not mentioned"),
        pytest.param("根据提供的资料，无法回答这个问题。", True, id="zh can't answer"),
        pytest.param("The sources do not compare tax rates.", True, id="the sources do not compare"),
        pytest.param("However, the articles do not say more.", True, id="with a link to what is before"),
        pytest.param("I'm sorry, but the articles do not say which is better.", True, id="with an apology"),
        pytest.param("但文章没有提到具体人数。", True, id="zh with a link"),
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
    ("text", "told"),
    [
        pytest.param("The articles do not say when, but it is in Brill.", "It is in Brill.", id="but"),
        pytest.param("Although the articles do not say when, it is old.", "It is old.", id="although"),
        pytest.param("The mill is old, although the sources do not say how old.", "The mill is old.", id="behind it"),
        pytest.param(
            "The mill is old, and the articles name no owner.",
            "The mill is old, and the articles name no owner.",
            id="what is no such denial",
        ),
        pytest.param(
            "The firms are Ada and Cole, and the articles do not mention others.",
            "The firms are Ada and Cole.",
            id="and",
        ),
        pytest.param("The articles do not mention rents; the mill is old.", "The mill is old.", id="a semicolon"),
        pytest.param("I'm sorry, but the mill is old.", "The mill is old.", id="an apology alone"),
        pytest.param("抱歉，资料中没有说明日期，但磨坊很大。", "磨坊很大。", id="zh but"),
        pytest.param("磨坊很大，文章没有提到更多细节。", "磨坊很大。", id="zh behind it"),
        pytest.param("虽然文章没有提到日期，磨坊已经启用。", "磨坊已经启用。", id="zh although"),
        pytest.param("The mill is small but old.", "The mill is small but old.", id="nothing of the kind"),
        pytest.param(
            "The articles say it is old but give no year.",
            "The articles say it is old but give no year.",
            id="what they do say",
        ),
    ],
)
def test_what_is_said_besides_a_refusal(text: str, told: str) -> None:
    assert without_refusal(text) == told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("NOT_IN_ARTICLES", True, id="the word"),
        pytest.param("“NOT_IN_ARTICLES”. The sources do not say.", True, id="the word with more"),
        pytest.param("Not in articles.", True, id="spelt as words"),
        pytest.param("Not found in the sources", True, id="with a verb"),
        pytest.param("Not in articles of faith, but in works.", False, id="a sentence that begins so"),
    ],
)
def test_the_word_for_a_refusal(text: str, expected: bool) -> None:
    assert declines(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Would you like to know more?", True, id="a question back"),
        pytest.param("您还想了解什么？", True, id="zh a question back"),
        pytest.param("Sure! Happy to help.", True, id="a courtesy"),
        pytest.param("Here is what the articles say:", True, id="a lead-in"),
        pytest.param("以下是相关信息：", True, id="zh a lead-in"),
        pytest.param("希望以上信息对您有帮助。", True, id="zh a courtesy"),
        pytest.param("Sure! Here is what the sources say.", True, id="an assent and a lead-in without its colon"),
        pytest.param("Hello!", True, id="a greeting"),
        pytest.param("Note: this is based only on the sources provided.", True, id="what it is based on"),
        pytest.param("(Confidence: high)", True, id="how sure it is"),
        pytest.param("Not exactly.", True, id="half a no"),
        pytest.param("您好！", True, id="zh a greeting"),
        pytest.param("希望对您有帮助！", True, id="zh a hope"),
        pytest.param("注：以上内容均来自所提供的资料。", True, id="zh what it is based on"),
        pytest.param("可以。", True, id="zh another yes"),
        pytest.param("Hello Brill opened in May.", False, id="a name that begins like a greeting"),
        pytest.param("This law is based on articles of the code of 1987.", False, id="a law's base"),
        pytest.param("Confidence in the park rose.", False, id="somebody's confidence"),
        pytest.param("Here is where the mill stands.", False, id="a place"),
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
