"""What greets, thanks or asks for a summary is no question that a sentence of an article answers."""

import pytest

from service.question.smalltalk import asks_summary, only_greets


@pytest.mark.parametrize(
    ("text", "greets"),
    [
        pytest.param("hi", True, id="hi"),
        pytest.param("Good morning!", True, id="good morning"),
        pytest.param("hello there", True, id="hello there"),
        pytest.param("thanks a lot", True, id="thanks"),
        pytest.param("你好", True, id="zh"),
        pytest.param("谢谢你。", True, id="zh thanks"),
        pytest.param("great, thank you!", True, id="praise and thanks"),
        pytest.param("ok thanks, that's very helpful", True, id="several at once"),
        pytest.param("好的，谢谢！", True, id="zh several"),
        pytest.param("Thank you so much, that was useful", True, id="thanks and praise"),
        pytest.param("谢谢你，太有用了！", True, id="zh thanks and praise"),
        pytest.param("Hi there, can you help me?", True, id="a call for help"),
        pytest.param("what can you do for mills?", False, id="what one does for something"),
        pytest.param("Thanks anyway", True, id="thanks for nothing"),
        pytest.param("Are you ChatGPT?", True, id="what one is"),
        pytest.param("You are useless", True, id="blame"),
        pytest.param("That's wrong", True, id="an objection"),
        pytest.param("Are you sure?", True, id="a doubt"),
        pytest.param("你是机器人吗？", True, id="zh what one is"),
        pytest.param("不对", True, id="zh an objection"),
        pytest.param("Are you a member of the mill?", False, id="what one is of something"),
        pytest.param("right to work", False, id="a right"),
        pytest.param("great firms", False, id="praise for something"),
        pytest.param("all good " * 220 + "x", False, id="a long run of praise"),
        pytest.param("你好" * 900 + "x", False, id="zh a long run of greetings"),
        pytest.param("hi, who runs the mill?", False, id="a question behind it"),
        pytest.param("morning ferries", False, id="a search"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_a_greeting_asks_nothing(text: str, greets: bool) -> None:
    assert only_greets(text) is greets


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        pytest.param("Summarise the article on mills", True, id="summarise"),
        pytest.param("Give me a summary of the mill", True, id="a summary"),
        pytest.param("请概括一下磨坊的文章", True, id="zh"),
        pytest.param("Who runs the mill?", False, id="a question"),
    ],
)
def test_a_summary_is_asked_for(text: str, summary: bool) -> None:
    assert asks_summary(text) is summary
