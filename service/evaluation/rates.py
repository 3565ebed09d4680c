"""The rates of a group of questions, from what came of each; every rate stands beside its count.

A part that the group can't measure is None, and so is a single rate within a part.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from service.answer import Answer
from service.evaluation.metrics import (
    Overlap,
    auc,
    calibration,
    calibration_error,
    hit_at,
    holds,
    mean,
    percentile,
    reciprocal_rank,
    sentence_overlap,
)
from service.evaluation.question_set import Question
from service.evidence import SearchHit

MOST_LISTED = 50


@dataclass(frozen=True, slots=True)
class Observed:
    """What came of one question.

    ``gold`` are the ids of the right articles and ``hits`` the passages found, best first, None where the search
    isn't measured. ``exact`` counts the citations that are exact. ``confidence_without`` is the confidence once
    the near article is taken out of an unanswerable question's library, None where the set names none.
    """

    question: Question
    answer: Answer
    latency_ms: float
    gold: frozenset[str]
    hits: tuple[SearchHit, ...] | None
    exact: int
    confidence_without: float | None

    @property
    def answered(self) -> bool:
        """Whether the assistant gave an answer at all."""
        return self.answer.status == "answered"


def rates(seen: Sequence[Observed]) -> dict[str, Any]:
    """Return the parts of the document that a group of questions can be measured by."""
    return {
        "answers": _answers(seen),
        "retrieval": _retrieval(seen),
        "evidence": _evidence(seen),
        "abstention": _abstention(seen),
        "citations": _citations(seen),
        "latency_ms": _latency(seen),
    }


def _answers(seen: Sequence[Observed]) -> dict[str, Any] | None:
    if not seen:
        return None
    scored = [one for one in seen if _is_scored(one)]
    passed = sum(not _faults(one) for one in scored)
    wanted = [(one, short) for one in seen if (short := one.question.short_answer)]
    statements = [len(one.answer.statements) for one in seen if one.answered]
    return {
        "pass_rate": passed / len(scored) if scored else None,
        "passed": passed,
        "count": len(scored),
        # A refusal holds no answer, even where the title of a near article has the words.
        "contains": mean(one.answered and holds(one.answer.text, short) for one, short in wanted),
        "contains_count": len(wanted),
        "sentences_mean": mean(statements),
        "answered": len(statements),
    }


def _is_scored(one: Observed) -> bool:
    return one.question.expect is not None or one.question.reject is not None


def _faults(one: Observed) -> list[str]:
    """Say what is wrong with an answer; empty where it passes."""
    question, text = one.question, one.answer.text
    found = [f"lacks '{wanted}'" for wanted in question.expect or () if not holds(text, wanted)]
    found += [f"says '{unwanted}'" for unwanted in question.reject or () if holds(text, unwanted)]
    if one.answered and not question.answerable:
        found.append("answered, though the articles don't say")
    if not one.answered and question.answerable:
        found.append("not found, though the articles say")
    return found


def failures(seen: Sequence[Observed]) -> list[dict[str, str]]:
    """List the questions that didn't pass, the first 50 of them, and what is wrong with each answer."""
    failed = [(one.question, faults) for one in seen if _is_scored(one) and (faults := _faults(one))]
    return [
        {"id": question.id, "question": question.question, "why": "; ".join(faults)}
        for question, faults in failed[:MOST_LISTED]
    ]


def _retrieval(seen: Sequence[Observed]) -> dict[str, Any] | None:
    found = [(one, one.hits) for one in seen if one.hits is not None]
    if not found:
        return None
    # An article ranks where its first passage does.
    ranked = [(list(dict.fromkeys(hit.article.id for hit in hits)), one.gold) for one, hits in found]
    right = [_right_passages(one, hits, answer) for one, hits in found if (answer := one.question.short_answer)]
    return {
        "article_at_1": mean(hit_at(articles, gold, 1) for articles, gold in ranked),
        "article_at_5": mean(hit_at(articles, gold, 5) for articles, gold in ranked),
        "mrr_at_10": mean(reciprocal_rank(articles, gold, 10) for articles, gold in ranked),
        "count": len(ranked),
        "passage_at_1": mean(any(flags[:1]) for flags in right),
        "passage_at_5": mean(any(flags[:5]) for flags in right),
        "passage_count": len(right),
    }


def _right_passages(one: Observed, hits: Sequence[SearchHit], answer: str) -> list[bool]:
    """Say of the first passages, rank by rank, whether each lies in a gold article and holds the answer."""
    return [hit.article.id in one.gold and holds(hit.text, answer) for hit in hits[:5]]


def _evidence(seen: Sequence[Observed]) -> dict[str, Any] | None:
    marked = [one for one in seen if one.question.evidence]
    if not marked:
        return None
    overlaps = [_overlap(one) for one in marked]
    return {
        "precision": mean(overlap.precision for overlap in overlaps),
        "recall": mean(overlap.recall for overlap in overlaps),
        "f1": mean(overlap.f1 for overlap in overlaps),
        "count": len(overlaps),
    }


def _overlap(one: Observed) -> Overlap:
    quoted = [citation.quote for citation in one.answer.citations] if one.answered else []
    return sentence_overlap(quoted, one.question.evidence)


def _abstention(seen: Sequence[Observed]) -> dict[str, Any] | None:
    if not seen:
        return None
    answerable = [one for one in seen if one.question.answerable]
    unanswerable = [one for one in seen if not one.question.answerable]
    far = [one.confidence_without for one in unanswerable if one.confidence_without is not None]
    sure = [one.answer.confidence for one in answerable]
    false_answers = mean(one.answered for one in unanswerable)
    false_refusals = mean(not one.answered for one in answerable)
    both = bool(answerable and unanswerable)
    bins = calibration([(one.answer.confidence, one.question.answerable) for one in seen] if both else [])
    return {
        "false_answer_rate": false_answers,
        "false_refusal_rate": false_refusals,
        "errors_together": None if false_answers is None or false_refusals is None else false_answers + false_refusals,
        "auc_near": auc(sure, (one.answer.confidence for one in unanswerable)),
        "auc_far": auc(sure, far),
        "answerable": len(answerable),
        "unanswerable": len(unanswerable),
        "withdrawn": len(far),
        "count": len(seen),
        "calibration_error": calibration_error(bins),
        "calibration": bins,
    }


def _citations(seen: Sequence[Observed]) -> dict[str, Any] | None:
    count = sum(len(one.answer.citations) for one in seen)
    return {"exact": sum(one.exact for one in seen) / count, "count": count} if count else None


def _latency(seen: Sequence[Observed]) -> dict[str, Any] | None:
    times = [one.latency_ms for one in seen]
    return {"p50": percentile(times, 0.5), "p95": percentile(times, 0.95), "count": len(times)} if times else None
