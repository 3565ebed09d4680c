"""One answer of a scripted language model, read to its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from corpus.article import Language
from corpus.language import Analyzer
from service.answer import Delta, Restart, Turn, Unproved
from service.evidence import Evidence
from service.generate import Generated, Writer
from service.model.llm import build_llm
from service.model.talk import Limits
from service.question.kinds import Kind
from service.settings import Settings
from service.understand import Understood
from service.verify import check
from tests.service.evidence_samples import HARBOUR, article, evidence
from tests.service.scripted_llm import ScriptedLLM

DEFAULT = Limits()
QUESTION = "When was the park opened?"
OPENED = "The Harbour Innovation Park was opened in March 2014."
HOUSES = "It now houses 1,250 companies."


@dataclass(frozen=True)
class Outcome:
    """All events in their order, and what came of it."""

    events: tuple[Delta | Restart | Unproved, ...]
    generated: Generated

    @property
    def deltas(self) -> list[Delta]:
        """Those that hold: behind the last one that voids what came before."""
        void = max((place for place, event in enumerate(self.events) if isinstance(event, Restart)), default=-1)
        return [event for event in self.events[void + 1 :] if isinstance(event, Delta)]

    @property
    def held_back(self) -> list[str]:
        return [event.why for event in self.events if isinstance(event, Unproved)]

    @property
    def said(self) -> list[str]:
        return [statement.text for statement in self.generated.statements]


def asked(question: str = QUESTION, language: Language = "en") -> Understood:
    return Understood(asked=question, text=question, spelt_out=question, language=language, kind=Kind.OTHER, units=())


def writer_at(
    server: ScriptedLLM,
    analyzer: Analyzer,
    *,
    timeout_s: float = 5.0,
    context_tokens: int = 8192,
    limits: Limits = DEFAULT,
    repair: bool = True,
    judge: bool = False,
) -> Writer:
    settings = Settings(llm_url=server.url, llm_model="scripted", llm_api_key="sk-test", llm_timeout_s=timeout_s)
    llm = build_llm(settings)
    assert llm is not None
    verifier = partial(check, analyzer=analyzer)
    return Writer(llm, verifier, context_tokens, limits=limits, repair=repair, judge=judge)


def written(
    writer: Writer,
    *,
    found: Evidence | None = None,
    question: str | Understood = QUESTION,
    language: Language = "en",
    history: Sequence[Turn] = (),
    differing: Sequence[str] = (),
) -> Outcome:
    """Read one answer to its end; the model's failures come out as they are."""
    put = question if isinstance(question, Understood) else asked(question, language)
    stream = writer.write(put, found or evidence(article(HARBOUR)), history, differing=differing)
    events: list[Delta | Restart | Unproved] = []
    while True:
        try:
            events.append(next(stream))
        except StopIteration as end:
            return Outcome(tuple(events), end.value)


def assert_proved(outcome: Outcome, texts: dict[str, str]) -> None:
    """Promise 1, and one text however it is read."""
    generated = outcome.generated
    assert "".join(delta.text for delta in outcome.deltas) == generated.text
    assert [citation.number for citation in generated.citations] == list(range(1, len(generated.citations) + 1))
    for citation in generated.citations:
        assert texts[citation.article.id][citation.start : citation.end] == citation.quote
    used = [number for statement in generated.statements for number in statement.citations]
    assert list(dict.fromkeys(used)) == list(range(1, len(generated.citations) + 1))
    for statement in generated.statements:
        assert statement.citations
        assert statement.support in {"supported", "partial"}
        assert statement.why
