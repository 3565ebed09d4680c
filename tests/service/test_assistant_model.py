"""The answering path with a language model: what reaches the model, and what of its reply reaches the asker."""

import pytest

from corpus.language import Analyzer
from corpus.library import Library
from service.answer import Answer, Delta, Restart, Unproved
from service.assistant import Assistant
from service.model.talk import Limits
from service.retrieve import Retriever
from tests.service.scripted_llm import Reply, scripted_llm
from tests.service.small_library import article, publish
from tests.service.writing import writer_at

RUNS = "Which surgeon runs the Calder Valley Hub?"
GOOD = "The hub is run by Ines Castellano, a former surgeon. [{0}]"
LIE = "The hub was sold to Boris Ulverby in 1875. [{0}]"
OLDER = """---
title: The mill
published: 2023-02-01
---
The Ulverby mill employs 340 people.
"""
NEWER = """---
title: The mill again
published: 2025-02-01
---
The Ulverby mill employs 410 people.
"""


def test_it_is_told_which_articles_differ(library: Library, analyzer: Analyzer) -> None:
    publish(library, article(OLDER, "older.md"), article(NEWER, "newer.md"))
    retriever = Retriever(library, analyzer)
    with scripted_llm(Reply(["It employs 410 [{0}] or 340 people [{1}]."])) as server:
        Assistant(library, retriever, analyzer, writer=writer_at(server, analyzer)).ask(
            "How many people does the Ulverby mill employ?"
        )
        prompt = server.requests[0]["messages"][-1]["content"]
    retriever.close()
    (note,) = [line for line in prompt.splitlines() if line.startswith("Note:")]
    assert note.index("2025-02-01") < note.index("2023-02-01") < note.index("differ")


def test_a_repaired_answer_is_whole_however_it_is_read(
    small: Library, retriever: Retriever, analyzer: Analyzer
) -> None:
    second = Reply(["Its 125 companies share one laboratory and one canteen. [{0}]"])
    with scripted_llm(Reply([f"{LIE} {GOOD}"]), second) as server:
        events = list(Assistant(small, retriever, analyzer, writer=writer_at(server, analyzer)).stream(RUNS))
    answer = events[-1]
    assert isinstance(answer, Answer)
    assert [type(event) for event in events] == [Unproved, Delta, Restart, Delta, Answer]
    assert [event.text for event in events if isinstance(event, Delta)][-1] == answer.text
    assert [statement.citations for statement in answer.statements] == [(1,), (2,)]
    assert all(statement.why for statement in answer.statements)
    assert "Ulverby" not in str(events)


@pytest.mark.parametrize(
    ("limits", "mode", "said"),
    [
        pytest.param(Limits(seconds=0.5), "quotes", "budget of 0.5 seconds", id="nothing proved"),
        pytest.param(
            Limits(calls=1), "llm", "could not rewrite them (the question's budget of 1 call", id="some proved"
        ),
    ],
)
def test_a_spent_budget_gives_its_reason(
    small: Library, retriever: Retriever, analyzer: Analyzer, limits: Limits, mode: str, said: str
) -> None:
    reply = Reply([GOOD], pause_s=2) if mode == "quotes" else Reply([f"{LIE} {GOOD}"])
    with scripted_llm(reply) as server:
        writer = writer_at(server, analyzer, limits=limits)
        events = list(Assistant(small, retriever, analyzer, writer=writer).stream(RUNS))
    answer = events[-1]
    assert isinstance(answer, Answer)
    assert (answer.mode, answer.status) == (mode, "answered")
    assert said in (answer.notice or "")
    assert any(isinstance(event, Restart) for event in events) is (mode == "quotes")
