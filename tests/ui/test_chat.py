"""A conversation on the page: what is streamed, remembered, forgotten and said when things go wrong."""

import asyncio
import json
import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

from corpus.errors import BadInput, InsightError, NotFound, TooLong, Unavailable
from corpus.language import detect
from service.answer import MAX_TURNS, Turn
from service.api.guard import SECURITY_HEADERS
from service.cite import BrokenQuote
from ui.chat import AT_ONCE, AT_ONCE_WITH_MODEL, LOOK_S, build_chat, import_gradio
from ui.conversation import MAX_KEPT, MAX_SHOWN, Conversation, Message
from ui.converse import converse
from ui.filters import BadDate, Chosen
from ui.server import build_app
from ui.text import CHINESE, failure
from ui.visit import Visit

QUESTION = "Which contract research leaders operate in Jiangbei?"


def final(services, question, conversation=None):
    *_, last = converse(services, question, conversation or Conversation())
    return last


def test_an_answer_grows_and_ends_whole(services):
    steps = list(converse(services, QUESTION, Conversation()))
    shown = [step.shown[-1]["content"] for step in steps]
    assert len(steps) > 5
    assert all("ia-streaming" in html for html in shown[:-1])
    assert [len(html) for html in shown[1:-1]] == sorted(len(html) for html in shown[1:-1])
    assert "ia-done ia-answered" in shown[-1]
    assert [message["role"] for message in steps[-1].shown] == ["user", "assistant"]


def test_a_restart_voids_what_was_streamed(services):
    services.assistant.restarts = True
    shown = [step.shown[-1]["content"] for step in converse(services, QUESTION, Conversation())]
    assert any("false start" in html for html in shown)
    at = max(index for index, html in enumerate(shown) if "false start" in html)
    assert len(shown) > at + 3


@pytest.mark.parametrize(
    ("question", "looking", "stopped"),
    [
        pytest.param(QUESTION, "Looking in the articles…", "Stopped", id="en"),
        pytest.param("江北有哪些组织？", "正在查找文章……", "已停止", id="zh"),
    ],
)
def test_what_the_page_waits_for_is_said_and_that_it_was_stopped(services, question, looking, stopped):
    steps = converse(services, question, Conversation())
    waiting, begun = next(steps), next(steps)
    steps.close()
    assert looking in waiting.shown[-1]["content"]
    assert looking not in begun.shown[-1]["content"]
    for broken_off in (waiting.stopped(), begun.stopped()):
        assert f"<p class='ia-mode'>{stopped}</p></div>" in broken_off.shown[-1]["content"]
        assert broken_off.stopped() == broken_off


@pytest.mark.parametrize(
    ("question", "line"),
    [
        pytest.param(QUESTION, "One sentence held back&#58; a &#60;b&#62;", id="en"),
        pytest.param("江北有哪些组织？", "暂不显示一句：a &#60;b&#62;", id="zh"),
    ],
)
def test_a_sentence_that_is_held_back_is_told_while_the_answer_comes(services, question, line):
    services.assistant.unproved = "a <b>"
    shown = [step.shown[-1]["content"] for step in converse(services, question, Conversation())]
    assert sum(line in html for html in shown) == len(shown) - 2
    assert line not in shown[-1]


def test_the_next_question_carries_what_was_said_before(services):
    first = final(services, QUESTION)
    final(services, "And when was the Valley set up?", first)
    _, history, _ = services.assistant.heard[-1]
    said = services.assistant.ask(QUESTION).text.replace(" [1]", "")
    assert history == (Turn("user", QUESTION), Turn("assistant", said))


def test_an_answer_that_is_stopped_leaves_what_it_said_to_the_next_question(services):
    steps = converse(services, QUESTION, Conversation())
    stopped = [next(steps) for _ in range(4)][-1].stopped()
    steps.close()
    question, answer = stopped.turns
    assert (question.content, answer.role) == (QUESTION, "assistant")
    assert services.assistant.ask(QUESTION).text.startswith(answer.content)


def test_the_oldest_turns_are_forgotten_and_the_newest_kept(services):
    conversation = Conversation()
    for number in range(MAX_TURNS):
        conversation = final(services, f"Tea number {number}?", conversation)
    assert len(conversation.turns) == MAX_TURNS
    assert conversation.turns[-2] == Turn("user", f"Tea number {MAX_TURNS - 1}?")
    assert conversation.turns[0] == Turn("user", f"Tea number {MAX_TURNS // 2}?")


def test_a_page_keeps_only_so_many_messages():
    conversation = Conversation()
    for number in range(MAX_SHOWN + 5):
        conversation = conversation.add(Message("user", str(number)))
    assert [m["content"] for m in conversation.shown] == [str(n) for n in range(5, MAX_SHOWN + 5)]


def test_what_a_browser_kept_is_brought_back(services):
    conversation = final(services, "And when?", final(services, QUESTION))
    kept = json.loads(json.dumps(conversation.kept()))
    assert Conversation.brought_back(kept) == conversation


def test_a_browser_keeps_the_newest_messages():
    conversation = Conversation()
    for number in range(MAX_KEPT + 5):
        conversation = conversation.add(Message("user", str(number)))
    again = Conversation.brought_back(conversation.kept())
    assert [m["content"] for m in again.shown] == [str(n) for n in range(5, MAX_KEPT + 5)]


def test_a_browser_keeps_no_answer_that_was_broken_off(services):
    first = final(services, QUESTION)
    steps = converse(services, "And when?", first)
    stopped = [next(steps) for _ in range(4)][-1].stopped()
    steps.close()
    assert Conversation.brought_back(stopped.kept()) == first


@pytest.mark.parametrize(
    ("question", "line"),
    [
        pytest.param(QUESTION, "an article that has been withdrawn", id="en"),
        pytest.param("江北有哪些CRO？", "文章已被撤下", id="zh"),
    ],
)
def test_an_answer_from_a_withdrawn_article_is_shown_and_told_no_more(services, question, line):
    answered = final(services, question)
    withdrawn = answered.messages[1].articles
    assert withdrawn
    answered = answered.add(Message("user", "Tea?", "Tea?")).add(Message("assistant", "Tea.", "Tea.", ("other",)))
    current = answered.without(withdrawn)
    assert line in current.messages[1].html
    assert current.turns == (Turn("user", "Tea?"), Turn("assistant", "Tea."))
    assert current.messages[2:] == answered.messages[2:]
    assert answered.without({"another"}) == answered


@pytest.mark.parametrize(
    "kept",
    [
        pytest.param(None, id="nothing"),
        pytest.param("a word", id="a word"),
        pytest.param([{"role": "system", "html": "x"}], id="another role"),
        pytest.param([{"role": "user", "html": 3}], id="no text"),
        pytest.param({"turns": [], "shown": []}, id="another shape"),
    ],
)
def test_what_does_not_fit_is_an_empty_conversation(kept):
    assert Conversation.brought_back(kept) == Conversation()


@pytest.mark.parametrize(
    ("question", "line"),
    [
        pytest.param(QUESTION, "in English; published since 1 January 2026", id="en"),
        pytest.param("江北有哪些组织？", "语言为英文; 2026年1月1日以来发表", id="zh"),
    ],
)
def test_a_question_shows_of_which_articles_it_was_asked(services, question, line):
    *_, last = converse(services, question, Conversation(), Chosen(language="en", since="2026-01-01"))
    assert line in unescape(last.shown[0]["content"])
    assert "ia-filter" not in final(services, question).shown[0]["content"]


@pytest.mark.parametrize("question", ["", "  \n "], ids=["empty", "blank"])
def test_an_empty_question_gets_a_gentle_word(services, question):
    last = final(services, question)
    assert "ia-hint" in last.shown[-1]["content"]
    assert "请先输入问题" in last.shown[-1]["content"]
    assert (last.turns, services.assistant.heard) == ((), [])


def test_an_error_is_one_line_and_not_remembered(services):
    last = final(services, "x" * 2001)
    assert "ia-error" in last.shown[-1]["content"]
    assert ">The question" in last.shown[-1]["content"]
    assert "longer than" in last.shown[-1]["content"]
    assert last.turns == ()


def test_a_question_that_has_to_be_changed_is_given_back_once(services):
    refused = final(services, "x" * 2001)
    assert refused.refused == "x" * 2001
    assert [final(services, question, refused).refused for question in (QUESTION, " ")] == ["", ""]


CHINESE_QUESTION = "江北有哪些组织？"
BACKWARDS = Chosen(since="2026-01-02", until="2026-01-01")


@pytest.mark.parametrize(
    ("question", "chosen", "says"),
    [
        pytest.param(QUESTION, BACKWARDS, "Since: 2026-01-02 lies after until, 2026-01-01", id="en days"),
        pytest.param(CHINESE_QUESTION, BACKWARDS, "起始日期不晚于截止日期", id="zh days"),
        pytest.param(
            CHINESE_QUESTION, Chosen(since="soon"), "写成 2026、2026-03 或 2026-03-31 的样子", id="zh no date"
        ),
        pytest.param("江" * 2001, Chosen(), "问题太长了，请缩短后再问", id="zh too long"),
    ],
)
def test_an_error_is_told_in_the_language_of_the_question(services, question, chosen, says):
    *_, last = converse(services, question, Conversation(), chosen)
    shown = unescape(last.shown[-1]["content"])
    assert says in shown
    assert detect(re.sub("<[^>]*>", "", shown)) == detect(question)


def test_every_error_has_a_line_in_chinese_and_its_own_in_english():
    kinds = [InsightError, BadInput, TooLong, NotFound, Unavailable, BrokenQuote]
    assert {kind.code for kind in InsightError.__subclasses__()} <= {kind.code for kind in kinds}
    assert {kind.code for kind in (*kinds, BadDate)} == CHINESE.errors.keys()
    for kind in kinds:
        assert detect(failure(kind("what to do"), "zh")) == "zh"
        assert failure(kind("what to do"), "en") == "What to do"


@pytest.mark.parametrize(
    ("question", "says"), [(QUESTION, "Something went wrong"), ("江北有哪些组织？", "作答时出了问题")]
)
def test_an_unexpected_error_tells_nothing_of_its_inside(services, question, says):
    services.assistant.fails_after = 0
    last = final(services, question)
    assert says in last.shown[-1]["content"]
    assert "secret" not in last.shown[-1]["content"]


@pytest.fixture
def client(services):
    with TestClient(build_app(services)) as client:
        yield client


def test_page_and_api_live_in_one_application(client):
    assert client.get("/healthz").json() == {"status": "ok"}
    assert "API" in client.get("/docs").text
    assert client.get("/api/v1/nothing").json()["error"]["code"] == "not_found"
    page = client.get("/")
    assert "gradio" in page.text
    assert page.headers["content-security-policy"] == SECURITY_HEADERS["content-security-policy"]


def test_the_page_calls_nobody_and_opens_no_second_door(client):
    config = client.get("/config").json()
    assert config["analytics_enabled"] is False
    assert config["footer_links"] == []
    assert config.get("run_history") in {False, None}
    assert all(dependency["api_visibility"] == "private" for dependency in config["dependencies"])
    assert "fonts.googleapis" not in client.get("/theme.css").text


def test_two_visitors_share_nothing(services):
    ours, theirs = final(services, QUESTION), Conversation()
    final(services, "Tea?", theirs)
    assert services.assistant.heard[-1][1] == ()
    assert len(ours.turns) == 2


@pytest.mark.parametrize(
    ("model", "at_once"), [pytest.param(None, AT_ONCE, id="quotes"), pytest.param("m", AT_ONCE_WITH_MODEL, id="model")]
)
def test_answers_that_wait_for_a_model_hold_up_few_others(services, model, at_once):
    services.model_name = model
    queued = [step for step in build_chat(services).fns.values() if step.queue]
    assert {(step.concurrency_id, step.concurrency_limit) for step in queued if step.targets[0][1] != "unload"} == {
        ("answer", at_once)
    }


def test_what_frees_the_page_behind_one_answer_leaves_another_that_has_begun(services):
    import_gradio()
    from ui.steps import Steps

    visit = Visit()
    visit.begin()
    visit.clear()
    number = visit.begin()
    Steps(services).rest(visit, "")
    assert visit.awaits(number)


def test_a_page_that_nobody_asks_looks_seldom(services, monkeypatch):
    """Gradio's own loop, which takes the processor from the API where it looks a thousand times a second."""
    queue = build_chat(services)._queue
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        queue.stopped = len(slept) == 3

    monkeypatch.setattr(asyncio, "sleep", sleep)
    queue.stopped = False
    asyncio.run(queue.start_processing())
    assert slept == [LOOK_S] * 3
