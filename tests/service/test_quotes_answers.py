"""Whole answers in quotes mode: the few words first, and a follow-up with the question as it was understood."""

import pytest

from corpus.article import Language
from corpus.library import Library
from service.answer import Answer, Delta, Turn
from service.assistant import Assistant
from service.phrases import nothing_asked


@pytest.mark.parametrize(
    ("question", "direct"),
    [
        pytest.param("When was the Brightwater Science Park founded?", "2009", id="when"),
        pytest.param("Who founded the Brightwater Science Park?", "Marian Okafor", id="who"),
        pytest.param("临港创新谷是哪一年成立的？", "2012年", id="zh when"),
        pytest.param("Why does the Calder Valley Hub take no rent in the first year?", None, id="why"),
    ],
)
def test_the_few_words_come_first(question: str, direct: str | None, assistant: Assistant, small: Library) -> None:
    *deltas, answer = assistant.stream(question, mode="quotes")
    assert isinstance(answer, Answer)
    assert answer.text == "".join(delta.text for delta in deltas if isinstance(delta, Delta))
    if direct is None:
        assert answer.direct is None
        return
    assert answer.direct is not None
    assert answer.text.startswith(f"{direct} [1]\n\n")
    source = small.article(answer.citations[0].article.id)
    assert source is not None
    assert source.text[answer.direct.start : answer.direct.end] == answer.direct.text == direct


def test_each_statement_stands_whole_in_the_text(assistant: Assistant) -> None:
    answer = assistant.ask("Who runs the Calder Valley Hub?", mode="quotes")
    assert answer.statements
    assert all(statement.text in answer.text for statement in answer.statements)


def test_a_follow_up_says_how_it_was_understood(assistant: Assistant) -> None:
    history = [Turn("user", "What is the Calder Valley Hub?"), Turn("assistant", "A mill.")]
    answer = assistant.ask("when did it open?", history=history, mode="quotes")
    assert answer.question == "when did it open?"
    assert answer.understood == "when did Calder Valley Hub open?"
    assert "2016" in answer.text


@pytest.mark.parametrize(
    ("question", "understood"),
    [
        pytest.param("which visitors ate lunch?", None, id="as it was asked, where they answer no reading"),
        pytest.param("who rents benches?", None, id="alone, which they answer"),
        pytest.param("who is in charge?", "who is in charge? (Calder Valley Hub)", id="as one on the same topic"),
    ],
)
def test_what_the_articles_answer_decides_what_a_follow_up_means(
    assistant: Assistant, question: str, understood: str | None
) -> None:
    history = [Turn("user", "What is the Calder Valley Hub?"), Turn("assistant", "A mill.")]
    assert assistant.ask(question, history=history, mode="quotes").understood == understood


@pytest.mark.parametrize(
    ("thanks", "language"),
    [
        pytest.param("Great, thanks!", "en", id="en"),
        pytest.param("Who are you?", "en", id="en of the assistant"),
        pytest.param("好的，谢谢", "zh", id="zh"),
        pytest.param("你能做什么？", "zh", id="zh of the assistant"),
    ],
)
def test_thanks_are_no_question(assistant: Assistant, thanks: str, language: Language) -> None:
    history = [Turn("user", "What is the Calder Valley Hub?"), Turn("assistant", "A mill.")]
    for before in ((), history):
        answer = assistant.ask(thanks, history=before, mode="quotes")
        assert (answer.status, answer.text) == ("not_found", nothing_asked(language))
        assert (answer.understood, answer.related) == (None, ())


@pytest.mark.parametrize(
    ("question", "said"),
    [
        pytest.param("Summarise the article on tea plantations", "Answers don't sum up", id="en"),
        pytest.param("请总结一下关于茶园的文章", "不作概括", id="zh"),
    ],
)
def test_a_summary_is_refused_as_one(assistant: Assistant, question: str, said: str) -> None:
    answer = assistant.ask(question, mode="quotes")
    assert answer.status == "not_found"
    assert said in answer.text


def test_a_question_that_stands_on_its_own_says_nothing_of_it(assistant: Assistant) -> None:
    assert assistant.ask("When did the Calder Valley Hub open?", mode="quotes").understood is None


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        pytest.param(
            "When was the Brightwater Science Park founded and who founded it?",
            ("2009", "Marian Okafor"),
            None,
            id="both",
        ),
        pytest.param(
            "Who founded the Brightwater Science Park and what do its cooks earn?",
            ("Marian Okafor",),
            "Not in the articles: “what do its cooks earn?”.",
            id="one of two",
        ),
        pytest.param(
            "临港创新谷是哪一年成立的，食堂有多少厨师？",
            ("2012年",),
            "文章中没有答案的部分：「食堂有多少厨师？」。",
            id="zh one of two",
        ),
    ],
)
def test_questions_in_one_are_answered_one_by_one(
    question: str, told: tuple[str, ...], untold: str | None, assistant: Assistant
) -> None:
    answer = assistant.ask(question, mode="quotes")
    assert answer.status == "answered"
    assert all(any(words in citation.quote for citation in answer.citations) for words in told)
    assert len({citation.quote for citation in answer.citations}) == len(answer.citations)
    assert answer.text.endswith(f"\n\n{untold}") if untold else "Not in the articles" not in answer.text


def test_of_questions_in_one_that_nothing_answers_none_is_told(assistant: Assistant) -> None:
    answer = assistant.ask("What do the cooks earn and who washes up?", mode="quotes")
    assert (answer.status, answer.citations) == ("not_found", ())
