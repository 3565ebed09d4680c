"""The whole answering path, in quotes mode and with a language model behind real HTTP."""

import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.embedder import Embedder
from corpus.errors import BadInput, TooLong
from corpus.filters import EVERYTHING, Filter
from corpus.glossary import Glossary
from corpus.language import Analyzer
from corpus.library import Library
from service.answer import Answer, Delta, Event, Mode, Restart, Turn
from service.assistant import Assistant
from service.finder import RELATED, TRIES
from service.generate import Writer
from service.model.llm import build_llm
from service.model.prompts import NOT_IN_ARTICLES
from service.retrieve import Found, Retriever
from service.settings import Settings
from service.understand import Understood
from service.verify import check
from tests.service.scripted_llm import Reply, ScriptedLLM, scripted_llm
from tests.service.small_library import BRIGHTWATER, article, publish, publish_all

FOUNDED = "When was the Brightwater Science Park founded?"
RUNS = "Which surgeon runs the Calder Valley Hub?"
QUESTIONS = [
    FOUNDED,
    RUNS,
    "How many passengers did the ferry carry?",
    "临港创新谷有多少家企业？",
    "Who is Boris Ulverby?",
]
MARK = re.compile(r"\[(\d+)\]")

Talking = Callable[..., AbstractContextManager[tuple[Assistant, ScriptedLLM]]]


@pytest.fixture(scope="module")
def talking(small: Library, retriever: Retriever, analyzer: Analyzer) -> Talking:
    """An assistant whose language model says what it is told, over real HTTP."""

    @contextmanager
    def talking(*replies: Reply) -> Iterator[tuple[Assistant, ScriptedLLM]]:
        with scripted_llm(*replies) as server:
            llm = build_llm(Settings(llm_url=server.url, llm_model="scripted", llm_timeout_s=5))
            assert llm is not None
            writer = Writer(llm, partial(check, analyzer=analyzer))
            yield Assistant(small, retriever, analyzer, writer=writer), server

    return talking


def streamed(events: Sequence[Event]) -> str:
    """The text that a reader has before them at the end."""
    restarts = [place for place, event in enumerate(events) if isinstance(event, Restart)]
    return "".join(event.text for event in events[restarts[-1] if restarts else 0 :] if isinstance(event, Delta))


def lasting(answer: Answer) -> dict[str, Any]:
    """An answer without what is new each time."""
    return {key: value for key, value in answer.to_dict().items() if key not in {"id", "timings_ms"}}


def assert_proved(answer: Answer, library: Library) -> None:
    """Every citation is exact, and the text's marks are the citations' numbers."""
    for citation in answer.citations:
        source = library.article(citation.article.id)
        assert source is not None
        assert source.text[citation.start : citation.end] == citation.quote
        assert library.passage(citation.passage_id) is not None
    numbers = [citation.number for citation in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    assert sorted(set(map(int, MARK.findall(answer.text)))) == numbers
    assert {number for statement in answer.statements for number in statement.citations} == set(numbers)
    assert bool(numbers) == (answer.status == "answered")


class TestQuotes:
    @pytest.mark.parametrize(
        ("question", "said"),
        [
            pytest.param(FOUNDED, "was founded in 2009", id="en when"),
            pytest.param(RUNS, "Ines Castellano, a former surgeon", id="en who"),
            pytest.param("How many companies does Brightwater host?", "340 companies", id="en how many"),
            pytest.param("临港创新谷有多少家企业？", "260家企业", id="zh how many"),
            pytest.param("臨港創新谷是哪一年成立的？", "成立于2012年", id="zh traditional"),
            pytest.param("臨港創新谷由誰管理？", "管理", id="zh traditional, who"),
            pytest.param("  when was\tthe Brightwater\npark founded  ", "in 2009", id="blanks"),
        ],
    )
    def test_what_the_articles_say(self, assistant: Assistant, small: Library, question: str, said: str) -> None:
        answer = assistant.ask(question)
        assert answer.status == "answered"
        assert said in answer.text
        assert (answer.mode, answer.model, answer.notice) == ("quotes", None, None)
        assert_proved(answer, small)

    def test_what_they_do_not_say(self, assistant: Assistant) -> None:
        answer = assistant.ask("Who is Boris Ulverby?")
        assert answer.status == "not_found"
        assert (answer.statements, answer.citations) == ((), ())
        assert 0 < len(answer.related) <= RELATED
        assert all(f"“{related.title}”" in answer.text for related in answer.related)

    def test_the_answer_is_in_the_language_of_the_question(self, assistant: Assistant) -> None:
        missing = assistant.ask("苏州的机场在哪里？")
        assert (missing.language, missing.status) == ("zh", "not_found")
        assert missing.text.startswith("文章中没有这个问题的答案。")
        found = assistant.ask("青岚实验室的主任是谁？")
        assert found.text.startswith("据《青岚实验室》")

    def test_the_answer_tells_where_it_comes_from(self, assistant: Assistant, small: Library) -> None:
        answer = assistant.ask(FOUNDED)
        (cited,) = [c for c in answer.citations if "2009" in c.quote]
        assert (cited.article.id, cited.article.published) == ("brightwater", "2025-03-04")
        assert cited.link is not None
        assert cited.link.startswith("https://insights.example/brightwater#:~:text=")
        assert "brightwater" not in {related.id for related in answer.related}
        assert (answer.generation, answer.fingerprint) == (small.generation, small.fingerprint)
        assert answer.question == FOUNDED
        assert 0 < answer.confidence <= 1
        assert set(answer.timings_ms) == {"understand", "retrieve", "compose", "verify", "total"}
        assert 0 < answer.timings_ms["understand"] + answer.timings_ms["retrieve"] <= answer.timings_ms["total"]

    def test_each_answer_has_an_id_of_its_own(self, assistant: Assistant) -> None:
        first, second = assistant.ask(FOUNDED), assistant.ask(FOUNDED)
        assert first.id != second.id
        assert lasting(first) == lasting(second)

    def test_a_follow_up_takes_its_subject_from_the_history(self, assistant: Assistant) -> None:
        history = [Turn("user", "What is the Brightwater Science Park?"), Turn("assistant", "A park. [1]")]
        answer = assistant.ask("When was it founded?", history=history)
        assert "2009" in answer.text
        assert answer.question == "When was it founded?"

    def test_an_article_left_out_answers_nothing(self, assistant: Assistant) -> None:
        without = frozenset({"brightwater"})
        answer = assistant.ask(FOUNDED, without=without)
        assert answer.status == "not_found"
        assert "brightwater" not in {related.id for related in answer.related}
        assert "brightwater" not in {hit.article.id for hit in assistant.search(FOUNDED, without=without)}

    def test_numbers_in_brackets_of_an_article_are_no_marks(
        self, library: Library, embedder: Embedder, analyzer: Analyzer
    ) -> None:
        publish(library, article("# Mills\n\nThe Ulverby mill was built in 1874 [7] by monks.", "mills.md"))
        retriever = Retriever(library, analyzer)
        answer = Assistant(library, retriever, analyzer).ask("When was the Ulverby mill built?")
        retriever.close()
        assert answer.citations[0].quote == "The Ulverby mill was built in 1874 [7] by monks."
        assert_proved(answer, library)

    def test_an_empty_library_answers_nothing(self, library: Library, embedder: Embedder, analyzer: Analyzer) -> None:
        retriever = Retriever(library, analyzer)
        assistant = Assistant(library, retriever, analyzer)
        answer = assistant.ask(FOUNDED)
        assert (answer.status, answer.confidence, answer.related) == ("not_found", 0.0, ())
        assert answer.text == "This is not in the articles."
        assert assistant.search(FOUNDED) == []
        retriever.close()


@pytest.mark.parametrize(
    ("question", "error", "says"),
    [
        pytest.param("", BadInput, "empty", id="empty"),
        pytest.param(" \n\t　", BadInput, "empty", id="blank"),
        pytest.param("a" * 20_000, TooLong, "20000 characters", id="far too long"),
        pytest.param("a" * 2001, TooLong, "2000 or fewer", id="just too long"),
        pytest.param("who\x00 is it", BadInput, "control characters", id="a zero byte"),
        pytest.param("who \x1b[31mis it", BadInput, "control characters", id="a terminal's escape"),
        pytest.param("who \ud800 is it", BadInput, "control characters", id="half a character"),
    ],
)
@pytest.mark.parametrize("door", ["ask", "stream", "search"])
def test_bad_questions_are_refused_in_one_clear_line(
    assistant: Assistant, door: str, question: str, error: type[BadInput], says: str
) -> None:
    with pytest.raises(error, match=says) as refusal:  # a stream refuses before its first event is asked for
        getattr(assistant, door)(question)
    assert type(refusal.value) is error
    assert "\n" not in str(refusal.value)
    assert len(str(refusal.value)) < 120


def test_the_longest_question_is_answered(assistant: Assistant) -> None:
    assert assistant.ask("a" * 2000).status == "not_found"


def test_the_limit_is_a_setting(small: Library, retriever: Retriever, analyzer: Analyzer) -> None:
    with pytest.raises(TooLong, match="20 or fewer"):
        Assistant(small, retriever, analyzer, max_chars=20).ask("a" * 21)


def test_a_language_model_that_is_not_set_cannot_be_asked(assistant: Assistant) -> None:
    with pytest.raises(BadInput, match="INSIGHT_LLM_URL"):
        assistant.ask(FOUNDED, mode="llm")
    with pytest.raises(BadInput, match="INSIGHT_LLM_URL"):
        assistant.stream(FOUNDED, mode="llm")
    assert assistant.ask(FOUNDED, mode="auto").mode == "quotes"


WORDS = st.sampled_from(
    "Brightwater Calder hub park companies when founded who is 340 2016 CRO 园区 企业 临港 成立 [1] “ % ?".split()
)


@settings(max_examples=80)
@given(question=st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=12).map(" ".join)))
def test_any_question_is_refused_or_answered_with_proof(assistant: Assistant, small: Library, question: str) -> None:
    try:
        events = list(assistant.stream(question))
    except BadInput:
        return
    assert isinstance(events[-1], Answer)
    assert all(isinstance(event, Delta) for event in events[:-1])
    assert streamed(events) == events[-1].text
    assert_proved(events[-1], small)


class TestSearch:
    def test_hits_are_ranked_passages(self, assistant: Assistant, small: Library) -> None:
        hits = assistant.search("companies in the hub and the park")
        assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
        for hit in hits:
            passage, source = small.passage(hit.passage_id), small.article(hit.article.id)
            assert passage is not None
            assert source is not None
            assert hit.text == passage.text == source.text[hit.start : hit.end]

    def test_no_more_than_asked_for(self, assistant: Assistant) -> None:
        assert len(assistant.search("companies", k=2)) == 2

    @pytest.mark.parametrize("k", [0, -1, 101])
    def test_an_odd_number_of_passages_is_refused(self, assistant: Assistant, k: int) -> None:
        with pytest.raises(BadInput, match="between 1 and 100"):
            assistant.search("companies", k=k)


GOOD = Reply(["The hub is run by Ines ", "Castellano, a former surgeon. [{0}]"])
UNPROVED = Reply(["The hub was sold to Boris Ulverby in 1875 for 90 crowns. [{0}]"])
UNPROVED_ZH = Reply(["青岚实验室的主任是乌尔弗比，他在1875年回国。[{0}]"])


class TestLanguageModel:
    @pytest.mark.parametrize("mode", ["auto", "llm"])
    def test_a_proved_answer_is_the_models(self, talking: Talking, small: Library, mode: Mode) -> None:
        with talking(GOOD) as (assistant, server):
            events = list(assistant.stream(RUNS, mode=mode))
        answer = events[-1]
        assert isinstance(answer, Answer)
        assert answer.text == streamed(events) == "The hub is run by Ines Castellano, a former surgeon. [1]"
        assert (answer.mode, answer.model, answer.notice) == ("llm", "scripted", None)
        assert answer.citations[0].quote == "The hub is run by Ines Castellano, a former surgeon."
        assert_proved(answer, small)
        assert len(server.requests) == 1

    def test_an_answer_that_nobody_waits_for_ends_without_another(self, talking: Talking) -> None:
        with talking(GOOD) as (assistant, server):
            assert list(assistant.stream(RUNS, left=lambda: True)) == []
            assert server.requests == []

    def test_quotes_mode_never_asks_it(self, talking: Talking) -> None:
        with talking(GOOD) as (assistant, server):
            answer = assistant.ask(RUNS, mode="quotes")
        assert (answer.mode, answer.model, server.requests) == ("quotes", None, [])

    @pytest.mark.parametrize("mode", ["auto", "llm"])
    def test_it_is_not_asked_what_no_article_is_near_to(self, talking: Talking, mode: Mode) -> None:
        with talking(GOOD) as (assistant, server):
            answer = assistant.ask("What is the population of Helsinki?", mode=mode)
        assert (answer.status, server.requests) == ("not_found", [])
        assert all(related.title in answer.text for related in answer.related)

    def test_it_is_told_the_conversation(self, talking: Talking) -> None:
        with talking(GOOD) as (assistant, server):
            history = [Turn("user", "What is the Calder Valley Hub?"), Turn("assistant", "A hub.")]
            assistant.ask("Which surgeon runs it?", history=history)
        sent = [message["content"] for message in server.requests[-1]["messages"]]
        assert sent[1:3] == ["What is the Calder Valley Hub?", "A hub."]
        assert "Ines Castellano" in sent[3]

    @pytest.mark.parametrize(
        ("reply", "reason"),
        [
            pytest.param(Reply(status=401), "refused the key (401)", id="a wrong key"),
            pytest.param(Reply(status=503), "an error of its own (503)", id="an overloaded endpoint"),
            pytest.param(Reply(["The hub is run by ", "Ines"], cut=True), "broke off", id="cut in the first sentence"),
            pytest.param(Reply([*GOOD.pieces, "\nIt", " also"], cut=True), "broke off", id="cut after a sentence"),
        ],
    )
    def test_quotes_take_its_place_where_it_fails(
        self, talking: Talking, assistant: Assistant, small: Library, reply: Reply, reason: str
    ) -> None:
        with talking(reply) as (talker, _):
            events = list(talker.stream(RUNS))
        answer = events[-1]
        assert isinstance(answer, Answer)
        (restart,) = [event for event in events if isinstance(event, Restart)]
        assert answer.notice == restart.reason
        assert reason in restart.reason
        assert streamed(events) == answer.text
        assert lasting(answer) | {"notice": None} == lasting(assistant.ask(RUNS))
        assert_proved(answer, small)

    def test_what_was_streamed_before_it_broke_off_is_void(self, talking: Talking) -> None:
        with talking(Reply([*GOOD.pieces, "\nIt", " also"], cut=True)) as (assistant, _):
            events = list(assistant.stream(RUNS))
        assert isinstance(events[0], Delta)
        assert "Ines Castellano" in events[0].text
        assert isinstance(events[1], Restart)

    def test_its_refusal_is_the_answer(self, talking: Talking) -> None:
        with talking(Reply([NOT_IN_ARTICLES])) as (assistant, _):
            events = list(assistant.stream(RUNS))
        answer = events[-1]
        assert isinstance(answer, Answer)
        assert (answer.status, answer.mode, answer.model) == ("not_found", "llm", "scripted")
        assert answer.text == streamed(events)
        assert (answer.citations, answer.notice) == ((), None)
        assert "What the Calder Valley Hub does differently" in answer.text

    @pytest.mark.parametrize(
        ("question", "reply", "notice"),
        [
            pytest.param(RUNS, UNPROVED, "could not be proved", id="en"),
            pytest.param("青岚实验室的主任是谁？", UNPROVED_ZH, "无法由文章证实", id="zh"),
        ],
    )
    def test_quotes_take_the_place_of_what_is_not_proved(
        self, talking: Talking, small: Library, question: str, reply: Reply, notice: str
    ) -> None:
        with talking(reply) as (assistant, _):
            events = list(assistant.stream(question))
        answer = events[-1]
        assert isinstance(answer, Answer)
        assert (answer.mode, answer.model, answer.status) == ("quotes", None, "answered")
        assert notice in (answer.notice or "")
        assert "Ulverby" not in "".join(event.text for event in events if isinstance(event, Delta))
        assert streamed(events) == answer.text
        assert_proved(answer, small)


def test_many_at_once_are_answered_as_one_by_one(assistant: Assistant) -> None:
    alone = [lasting(assistant.ask(question)) for question in QUESTIONS]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda question: lasting(assistant.ask(question)), QUESTIONS * 8))
    assert together == alone * 8


class InterruptedRetriever:
    """Publishes a new version of an article after each of the first searches, as a running ingest might."""

    def __init__(self, retriever: Retriever, library: Library, *, times: int) -> None:
        self._retriever, self._library, self._times = retriever, library, times
        self.searches = 0

    def retrieve(
        self, question: Understood, *, where: Filter = EVERYTHING, without: frozenset[str] = frozenset()
    ) -> Found:
        found = self._retriever.retrieve(question, where=where, without=without)
        self.searches += 1
        if self.searches <= self._times:
            newer = BRIGHTWATER.replace("2009", str(1900 + self.searches))
            publish(self._library, article(newer, "brightwater.md"))
        return found


class TestWhileAnIngestRuns:
    @pytest.fixture
    def interrupted(
        self, library: Library, embedder: Embedder, analyzer: Analyzer, glossary: Glossary
    ) -> Iterator[Callable[..., tuple[Assistant, InterruptedRetriever]]]:
        publish_all(library)
        retriever = Retriever(library, analyzer)

        def interrupted(*, times: int) -> tuple[Assistant, InterruptedRetriever]:
            interrupting = InterruptedRetriever(retriever, library, times=times)
            return Assistant(library, interrupting, analyzer), interrupting  # type: ignore[arg-type]

        yield interrupted
        retriever.close()

    def test_the_search_is_made_again(
        self, interrupted: Callable[..., tuple[Assistant, InterruptedRetriever]], library: Library
    ) -> None:
        assistant, interrupting = interrupted(times=1)
        answer = assistant.ask(FOUNDED)
        assert interrupting.searches == 2
        assert "1901" in answer.text
        assert answer.generation == library.generation
        assert_proved(answer, library)

    def test_changes_without_end_still_give_an_answer_without_old_text(
        self, interrupted: Callable[..., tuple[Assistant, InterruptedRetriever]], library: Library
    ) -> None:
        assistant, interrupting = interrupted(times=99)
        answer = assistant.ask(FOUNDED)
        assert interrupting.searches == TRIES
        assert "brightwater" not in {citation.article.id for citation in answer.citations}
        assert_proved(answer, library)
