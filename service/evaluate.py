"""``insight eval``: how good the answers are on a question set, in a throwaway library.

Every rate stands beside its count. A part that the set can't measure is None, and so is a single rate
within a part; ``by_language`` repeats the rates for each language of the questions. ``sets`` tells the sets and
the articles apart from others of the same size.
"""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, Protocol

from corpus.article import Article
from corpus.errors import BadInput
from corpus.language import Analyzer
from corpus.records import OnProgress, Progress
from service.answer import Answer, Citation, Mode, Turn
from service.checks.verdict import SUPPORTED
from service.evaluation.fit import fit
from service.evaluation.metrics import auc, f1
from service.evaluation.question_set import Claim, Question, load_claims, load_questions
from service.evaluation.rates import MOST_LISTED, Observed, failures, rates
from service.evaluation.statement_check import statement_check
from service.evidence import SearchHit
from service.model.llm import build_llm
from service.proof import Verifier
from service.settings import Settings
from service.threshold import NOTE, Fitted, Noting, Threshold, in_force, scores_of
from service.verify import claim_score

SEARCH_DEPTH = 30  # passages to look through, so that at least 5 to 10 articles are among them
ClaimScorer = Callable[[str, Sequence[str]], float]
"""How well sentences support a claim, 0 to 1."""


class Asked(Protocol):
    """What an evaluation needs of the assistant; ``without`` holds ids of articles treated as withdrawn."""

    def ask(
        self, question: str, *, history: Sequence[Turn] = (), mode: Mode = "auto", without: frozenset[str] = frozenset()
    ) -> Answer:
        """Answer a question."""
        ...

    def search(self, query: str, *, k: int = 10) -> list[SearchHit]:
        """Return the ``k`` nearest passages, best first."""
        ...


class EvaluatedLibrary(Noting, Protocol):
    """What an evaluation needs of the library; a fitted threshold is noted with it."""

    def articles(self) -> list[Article]:
        """Return every live article."""
        ...

    def note(self, name: str, value: str | None) -> None:
        """Keep a note."""
        ...


class Evaluated(Protocol):
    """The opened library and its assistant."""

    @property
    def assistant(self) -> Asked:
        """Answers and searches."""
        ...

    @property
    def library(self) -> EvaluatedLibrary:
        """Holds the articles."""
        ...

    @property
    def verifier(self) -> Verifier:
        """The check of statements that answers go through."""
        ...


def evaluate(
    settings: Settings,
    *,
    articles: str | Sequence[str] | None,
    questions: Path | None,
    claims: Path | None,
    mode: str = "quotes",
    fitting: bool = False,
    on_progress: OnProgress | None = None,
) -> dict[str, Any]:
    """Measure the answers to ``questions`` from ``articles``, and the check of statements on ``claims``.

    ``articles`` is anything that ingest takes, several sources make one library; ``mode`` is "quotes" or "llm". With
    ``fitting`` the threshold is fitted on the questions, and the answers are measured at that; then ``articles`` may be
    None, which measures on a copy of the library in the data folder. Nothing is stored. Raises BadInput where the
    request or one of the files is wrong.
    """
    chosen = _mode(settings, mode)
    sources = [articles] if isinstance(articles, str) else list(articles or ())
    if questions is None and claims is None:
        raise BadInput("nothing to measure: name a question set (--questions) or a claim set (--claims)")
    if fitting and (questions is None or chosen != "quotes"):
        raise BadInput("a threshold is fitted in quotes mode, on a question set (--questions)")
    if questions is not None and not (sources or fitting):
        raise BadInput("--questions needs the articles to answer from: name them with --articles")
    # Both files are read before the slow part, so that a slip in one shows at once.
    asked = load_questions(questions) if questions else []
    claimed = load_claims(claims) if claims else []
    document = _document(chosen, [])
    if questions is not None:
        from service.wiring import open_copy, open_throwaway

        opened = (
            open_throwaway(settings, sources, on_progress=on_progress)
            if sources
            else open_copy(settings, on_progress=on_progress)
        )
        fit_as = questions.name if fitting else None
        with opened as services:
            document = measure(services, asked, mode=chosen, fit_as=fit_as, on_progress=on_progress)
            document["statements"] = _statements(asked, services.library.articles(), services.verifier)
        document["reranker"] = settings.reranker
    if claimed:
        document["claims"] = _claims(claimed, on_progress)
        document["sets"] |= {"claims": _digest(map(repr, claimed))}
    return document


def measure(
    services: Evaluated,
    questions: Sequence[Question],
    *,
    mode: Literal["quotes", "llm"] = "quotes",
    fit_as: str | None = None,
    on_progress: OnProgress | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, Any]:
    """Ask every question and return the whole document, with ``claims`` None; ``clock`` counts seconds.

    Where ``fit_as`` names the question set, the threshold is fitted on it, noted with the library, and measured.
    Raises BadInput, naming the question, where the assistant refuses one, or where nothing can be fitted.
    """
    held = services.library.articles()
    if not held:
        raise BadInput("there is no article to answer from: check what --articles names")
    asking = _Asking(services.assistant, {article.id: article for article in held}, _names(held), mode, clock)
    seen = asking.observe_all(questions, on_progress)
    sets = {"questions": _digest(map(repr, questions)), "articles": _digest(article.content_hash for article in held)}
    before = None
    if fit_as is not None:
        before = _at_threshold(in_force(services.library), seen)
        fitted = _fitted(seen, services.library, fit_as, sets["questions"])
        services.library.note(NOTE, fitted.note())
        # Only between the two thresholds does an answer become another.
        low, high = sorted((before["value"], fitted.value))
        seen = [asking.observe(one.question) if low <= one.answer.confidence <= high else one for one in seen]
    document = _document(mode, seen)
    document["sets"] |= sets
    return document | {
        "articles": len(held),
        "unknown_articles": _unknown(questions, asking.names),
        "threshold": in_force(services.library).to_dict() | {"before": before},
    }


def _fitted(seen: Sequence[Observed], library: EvaluatedLibrary, name: str, digest: str) -> Fitted:
    answerable, unanswerable = (
        [one.answer.confidence for one in seen if one.question.answerable is wanted] for wanted in (True, False)
    )
    scores = scores_of(library.fingerprint)
    return fit(answerable, unanswerable, scores=scores, questions=name, digest=digest, day=date.today())


def _at_threshold(threshold: Threshold, seen: Sequence[Observed]) -> dict[str, Any]:
    """Return a threshold with the errors that it makes."""
    abstention = rates(seen)["abstention"]
    names = ("false_answer_rate", "false_refusal_rate", "errors_together")
    return {"value": threshold.value, "source": threshold.source} | {name: abstention[name] for name in names}


def measure_claims(
    claims: Sequence[Claim], score: ClaimScorer, *, threshold: float, on_progress: OnProgress | None = None
) -> dict[str, Any]:
    """Return how well ``score`` tells supported claims from the rest; ``threshold`` is where "supported" begins."""
    scored: list[tuple[bool, float]] = []
    for done, claim in enumerate(claims):
        if on_progress:
            on_progress(Progress("checking", done, len(claims), claim.claim))
        scored.append((claim.label == "supported", score(claim.claim, claim.evidence)))
    if on_progress:
        on_progress(Progress("checking", len(claims), len(claims)))
    table = Counter((supported, value >= threshold) for supported, value in scored)
    return {
        "auc": auc(
            (value for supported, value in scored if supported), (value for supported, value in scored if not supported)
        ),
        "f1": f1(hits=table[True, True], false_alarms=table[False, True], misses=table[True, False]),
        "count": len(scored),
        "supported": table[True, True] + table[True, False],
    }


def _mode(settings: Settings, mode: str) -> Literal["quotes", "llm"]:
    match mode:
        case "quotes":
            return "quotes"
        case "llm" if build_llm(settings):
            return "llm"
        case "llm":
            raise BadInput(
                "--mode llm needs a language model: set INSIGHT_LLM_MODEL, and INSIGHT_LLM_URL where it is served"
            )
        case _:
            raise BadInput(f"--mode is 'quotes' or 'llm', not '{mode}'")


def _document(mode: str, seen: Sequence[Observed]) -> dict[str, Any]:
    """Put the document together; without questions every part is None."""
    languages = sorted({one.question.language for one in seen})
    document = {"questions": len(seen), "articles": 0} | rates(seen)
    if document["answers"]:
        document["answers"] |= {"failures": failures(seen)}
    return document | {
        "claims": None,
        "statements": None,
        "by_language": {name: rates([one for one in seen if one.question.language == name]) for name in languages},
        "mode": mode,
        "modes": dict(Counter(one.answer.mode for one in seen)),
        "unknown_articles": [],
        "sets": {"questions": None, "articles": None, "claims": None},
        "reranker": None,
        "fingerprint": seen[0].answer.fingerprint if seen else None,
        "threshold": None,
    }


def _digest(parts: Iterable[str]) -> str:
    """Return what tells two sets apart, whatever the order of their members."""
    return sha256("\n".join(sorted(parts)).encode("utf-8", "backslashreplace")).hexdigest()[:12]


def _claims(claims: Sequence[Claim], on_progress: OnProgress | None) -> dict[str, Any]:
    score = partial(claim_score, analyzer=Analyzer())
    return measure_claims(claims, score, threshold=SUPPORTED, on_progress=on_progress)


def _statements(
    questions: Sequence[Question], articles: Sequence[Article], verifier: Verifier
) -> dict[str, Any] | None:
    known = {article.id: article for article in articles}
    named = {name: known[id_] for name, id_ in _names(articles).items()}
    return statement_check(questions, named, verifier, analyzer=Analyzer())


@dataclass(frozen=True, slots=True)
class _Asking:
    """What every question needs; ``articles`` by id, ``names`` from any name of an article to its id."""

    assistant: Asked
    articles: Mapping[str, Article]
    names: Mapping[str, str]
    mode: Literal["quotes", "llm"]
    clock: Callable[[], float]

    def observe_all(self, questions: Sequence[Question], on_progress: OnProgress | None) -> list[Observed]:
        seen: list[Observed] = []
        for done, question in enumerate(questions):
            if on_progress:
                on_progress(Progress("asking", done, len(questions), question.question))
            try:
                seen.append(self.observe(question))
            except BadInput as error:
                raise BadInput(f"question '{question.id}' can't be asked: {error}") from error
        if on_progress:
            on_progress(Progress("asking", len(questions), len(questions)))
        return seen

    def observe(self, question: Question) -> Observed:
        begun = self.clock()
        answer = self.assistant.ask(question.question, history=question.history, mode=self.mode)
        latency_ms = (self.clock() - begun) * 1000
        # A search knows no earlier turns, so a follow-up can't be held against it.
        sought = question.gold_articles and not question.history
        return Observed(
            question=question,
            answer=answer,
            latency_ms=latency_ms,
            # A name that no article has stays as it is: it can't be found, and counts as missed.
            gold=frozenset(self.names.get(name, name) for name in question.gold_articles),
            hits=tuple(self.assistant.search(question.question, k=SEARCH_DEPTH)) if sought else None,
            exact=sum(self._is_exact(citation) for citation in answer.citations),
            confidence_without=self._confidence_without(question, answer),
        )

    def _is_exact(self, citation: Citation) -> bool:
        article = self.articles.get(citation.article.id)
        return article is not None and article.text[citation.start : citation.end] == citation.quote

    def _confidence_without(self, question: Question, answer: Answer) -> float | None:
        if question.answerable or question.near_article is None:
            return None
        near = self.names.get(question.near_article)
        if near is None:
            return answer.confidence  # there is no such article: the first answer was already made without it
        taken = frozenset({near})
        return self.assistant.ask(question.question, history=question.history, mode=self.mode, without=taken).confidence


def _names(articles: Sequence[Article]) -> dict[str, str]:
    """Map every name that a question set may use for an article to its id.

    That is its id, its identity and its address; and the last part of an identity or address, with or without a
    file's ending, where only one article has it: "cambridge-cluster" for "https://example.com/a/cambridge-cluster".
    """
    tails: dict[str, set[str]] = {}
    for article in articles:
        for address in (article.identity, article.url or ""):
            last = re.split(r"[/#:]", address.rstrip("/"))[-1]
            for name in (last, last.rsplit(".", 1)[0]):
                tails.setdefault(name, set()).add(article.id)
    names = {name: next(iter(ids)) for name, ids in tails.items() if name and len(ids) == 1}
    for article in articles:
        names |= {name: article.id for name in (article.url, article.identity) if name}
    return names | {article.id: article.id for article in articles}


def _unknown(questions: Sequence[Question], names: Mapping[str, str]) -> list[str]:
    used = {name for question in questions for name in (*question.gold_articles, question.near_article) if name}
    return sorted(used - names.keys())[:MOST_LISTED]
