"""The words of ours that stand in an answer."""

import re
from collections.abc import Callable
from datetime import date
from typing import get_args

import pytest

from corpus.article import Article, Language
from service.answer import Related, SupportKind
from service.failures import Failure, ModelFailed
from service.phrases import (
    cut_short,
    fell_back,
    in_its_place,
    kind_in_words,
    lead,
    month,
    not_found,
    not_judged,
    not_repaired,
    nothing_proved,
    quoted,
)


def titled(title: str, language: Language, published: str | None) -> Article:
    return Article("a", "a", title, "text", (), language, published=published)


@pytest.mark.parametrize(
    ("title", "written", "published", "asked", "line"),
    [
        pytest.param("A mill", "en", "2025-11-20", "en", "From “A mill”, November 2025:", id="en of en"),
        pytest.param("磨坊", "zh", "2025-11-20", "en", "From “磨坊”, November 2025 (in Chinese):", id="en of zh"),
        pytest.param("A mill", "en", None, "en", "From “A mill”:", id="en without a date"),
        pytest.param("磨坊", "zh", "2025-01-02T08:00:00Z", "zh", "据《磨坊》（2025年1月）：", id="zh of zh"),
        pytest.param("A mill", "en", "2025-01-02", "zh", "据《A mill》（2025年1月，英文原文）：", id="zh of en"),
        pytest.param("A mill", "en", None, "zh", "据《A mill》（英文原文）：", id="zh of en without a date"),
        pytest.param("磨坊", "zh", None, "zh", "据《磨坊》：", id="zh without a date"),
    ],
)
def test_the_line_that_leads_an_article_in(
    title: str, written: Language, published: str | None, asked: Language, line: str
) -> None:
    assert lead(titled(title, written, published), asked) == line


def test_every_month_has_its_name() -> None:
    names = [month(date(2024, number, 1), "en") for number in range(1, 13)]
    assert names[0] == "January 2024"
    assert names[11] == "December 2024"
    assert len(set(names)) == 12
    assert month(date(2024, 12, 1), "zh") == "2024年12月"


def test_quotes_have_the_marks_of_the_language() -> None:
    assert quoted("It opened.", "en") == "“It opened.”"
    assert quoted("已启用。", "zh") == "「已启用。」"


def test_a_number_in_brackets_within_a_quote_does_not_look_like_a_citation() -> None:
    assert quoted("It opened [3] [sic].", "en") == "“It opened (3) [sic].”"


NEAR = (Related("a", "A mill", None, None), Related("b", "磨坊", None, None))


@pytest.mark.parametrize(
    ("related", "language", "text"),
    [
        pytest.param(NEAR, "en", "This is not in the articles. The nearest articles: “A mill”, “磨坊”.", id="en"),
        pytest.param(NEAR, "zh", "文章中没有这个问题的答案。最相近的文章：《A mill》、《磨坊》。", id="zh"),
        pytest.param((), "en", "This is not in the articles.", id="en of no articles"),
        pytest.param((), "zh", "文章中没有这个问题的答案。", id="zh of no articles"),
    ],
)
def test_not_found_names_the_nearest(related: tuple[Related, ...], language: Language, text: str) -> None:
    assert not_found(related, language) == text


NOTICES = [fell_back, cut_short, not_repaired, not_judged]


@pytest.mark.parametrize("kind", Failure)
@pytest.mark.parametrize("notice", NOTICES)
def test_notices_are_one_line_in_the_language_and_give_the_reason(
    notice: Callable[[ModelFailed, Language], str], kind: Failure
) -> None:
    failure = ModelFailed("it refused the key", kind)
    assert "it refused the key" in notice(failure, "en")
    assert notice(failure, "en").isascii()
    assert not re.search("[A-Za-z\n]", notice(failure, "zh"))


@pytest.mark.parametrize("quoted", [True, False])
def test_quotes_in_place_of_a_model_are_said_where_there_are_any(quoted: bool) -> None:
    assert ("quotes" in in_its_place(nothing_proved("en"), "en", quoted=quoted)) is quoted
    assert ("引用" in in_its_place(nothing_proved("zh"), "zh", quoted=quoted)) is quoted


@pytest.mark.parametrize("kind", get_args(SupportKind))
def test_what_a_verdict_rests_on_is_said_in_one_line_of_either_language(kind: SupportKind) -> None:
    english, chinese = kind_in_words(kind, "en"), kind_in_words(kind, "zh")
    assert english.isascii()
    assert not any(char.isascii() for char in chinese)
    assert "\n" not in english + chinese
    said = {kind_in_words(other, "en") for other in get_args(SupportKind) if other != kind}
    assert english not in said
