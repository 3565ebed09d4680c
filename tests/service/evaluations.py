"""Documents as an evaluation writes them, for what reads them."""

import copy
import json
from pathlib import Path
from typing import Any

FAILURES = [
    {"id": "q1", "question": "Who runs the hub?", "why": "lacks 'Castellano'"},
    {"id": "q2", "question": "创新谷在哪里？", "why": "answered, though the articles don't say"},
]


def _parts(pass_rate: float, passed: int, count: int) -> dict[str, Any]:
    return {
        "answers": {
            "pass_rate": pass_rate,
            "passed": passed,
            "count": count,
            "contains": None,
            "contains_count": 0,
            "sentences_mean": 1.5,
            "answered": 6,
        },
        "retrieval": {
            "article_at_1": 0.75,
            "article_at_5": 1.0,
            "mrr_at_10": 0.8,
            "count": 8,
            "passage_at_1": None,
            "passage_at_5": None,
            "passage_count": 0,
        },
        "evidence": None,
        "abstention": {
            "false_answer_rate": 0.25,
            "false_refusal_rate": 0.0,
            "auc_near": 0.9,
            "auc_far": None,
            "answerable": 6,
            "unanswerable": 4,
            "withdrawn": 0,
            "errors_together": 0.25,
            "count": 10,
            "calibration_error": 0.2,
            "calibration": [{"from": 0.3, "to": 0.4, "count": 10, "expected": 0.4, "observed": 0.6}],
        },
        "citations": {"exact": 1.0, "count": 12},
        "latency_ms": {"p50": 40.0, "p95": 80.0, "count": count},
    }


def document(**changed: Any) -> dict[str, Any]:
    """Return a document of 10 questions, 8 of them passed; ``changed`` are dotted paths, "__" for the dot."""
    whole = _parts(0.8, 8, 10)
    whole["answers"]["failures"] = copy.deepcopy(FAILURES)
    whole |= {
        "questions": 10,
        "articles": 3,
        "claims": None,
        "statements": None,
        "by_language": {"en": _parts(0.8, 4, 5), "zh": _parts(0.8, 4, 5)},
        "mode": "quotes",
        "modes": {"quotes": 10},
        "unknown_articles": [],
        "sets": {"questions": "aaa", "articles": "bbb", "claims": None},
        "reranker": None,
        "fingerprint": "f1",
        "threshold": {"value": 0.5, "source": "default", "fitted": None, "before": None},
    }
    for path, value in changed.items():
        *above, last = path.split("__")
        place = whole
        for key in above:
            place = place[key]
        place[last] = value
    return whole


def save(path: Path, **changed: Any) -> Path:
    """Write a document to ``path``."""
    path.write_text(json.dumps(document(**changed)), encoding="utf-8")
    return path
