"""A library restored from a backup answers as the one that was backed up, and embeds no article again."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus.backup import back_up
from corpus.encoder import CompiledEncoder
from corpus.restore import restore
from service.settings import Settings
from service.wiring import Services, open_services
from tests.service.small_library import SOURCES

QUESTIONS = [
    "Who founded the Brightwater Science Park?",
    "How many companies share the laboratory of the Calder Valley Hub?",
    "青岚实验室的主任是谁？",
    "What does a loaf of bread cost?",
]


def answers_of(services: Services) -> list[dict[str, Any]]:
    answers = [services.assistant.ask(question).to_dict() for question in QUESTIONS]
    return [{name: value for name, value in answer.items() if name not in ("id", "timings_ms")} for answer in answers]


def test_restored_it_answers_the_same(
    settings_for: Callable[..., Settings], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    posts = tmp_path / "posts"
    posts.mkdir()
    for name, text in SOURCES.items():
        (posts / name).write_text(text, encoding="utf-8")
    first = open_services(settings_for(tmp_path / "data", starter=False))
    first.curator.ingest([str(posts)])
    [ferry] = [article.id for article in first.library.articles() if "ferry" in article.id]
    first.curator.withdraw(ferry)
    expected = answers_of(first)
    back_up(tmp_path / "data", tmp_path / "saved.zip")
    first.close()
    assert [answer["status"] for answer in expected] == ["answered", "answered", "answered", "not_found"]

    def refuse(*_: Any) -> None:
        raise AssertionError("nothing should be embedded again")

    monkeypatch.setattr(CompiledEncoder, "encode_passages", refuse)
    restore(tmp_path / "saved.zip", tmp_path / "new")
    second = open_services(settings_for(tmp_path / "new", starter=True))
    try:
        assert answers_of(second) == expected
    finally:
        second.close()
