"""What a question says of time: days of publication, days it merely speaks of, and how new articles should be."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.question.dates import Recency, When, read_when
from service.question.days import Period
from service.question.periods import expressions, merged

TODAY = date(2025, 11, 23)  # a Sunday


def read(question: str) -> When:
    return read_when(question, today=TODAY)


def days(since: str | None, until: str | None) -> Period:
    return Period(date.fromisoformat(since) if since else None, date.fromisoformat(until) if until else None)


PUBLICATION = [
    ("articles in 2025", "2025-01-01", "2025-12-31"),
    ("Which articles were published in March 2025?", "2025-03-01", "2025-03-31"),
    ("articles since March", "2025-03-01", None),
    ("articles since December", "2024-12-01", None),
    ("What have you written about boats since March?", "2025-03-01", None),
    ("posts since 2024", "2024-01-01", None),
    ("posts from 2024 onwards", "2024-01-01", None),
    ("articles published before June 2025", None, "2025-05-31"),
    ("articles until June 2025 on boats", None, "2025-06-30"),
    ("articles after June 2025", "2025-07-01", None),
    ("articles between 2023 and 2025", "2023-01-01", "2025-12-31"),
    ("pieces from March to June 2024", "2024-03-01", "2024-06-30"),
    ("articles between October and March", "2024-10-01", "2025-03-31"),
    ("articles 2023–2024", "2023-01-01", "2024-12-31"),
    ("What did we publish last year?", "2024-01-01", "2024-12-31"),
    ("What did you publish the year before last?", "2023-01-01", "2023-12-31"),
    ("this year's articles on boats", "2025-01-01", "2025-12-31"),
    ("What did you write last month about boats?", "2025-10-01", "2025-10-31"),
    ("articles on boats in the last six months", "2025-05-23", "2025-11-23"),
    ("articles on boats from the past year", "2024-11-23", "2025-11-23"),
    ("posts from the last 10 days", "2025-11-13", "2025-11-23"),
    ("What have we published this quarter?", "2025-10-01", "2025-12-31"),
    ("What have we published this week?", "2025-11-17", "2025-11-23"),
    ("articles from Q3 2025", "2025-07-01", "2025-09-30"),
    ("articles from the second half of 2024", "2024-07-01", "2024-12-31"),
    ("articles dated 2025-03-04", "2025-03-04", "2025-03-04"),
    ("articles published on 4 March 2025", "2025-03-04", "2025-03-04"),
    ("articles published on March 4th, 2025", "2025-03-04", "2025-03-04"),
    ("2025 articles on boats", "2025-01-01", "2025-12-31"),
    ("In 2025, what did we publish about boats?", "2025-01-01", "2025-12-31"),
    ("What did we publish on boats in 2024?", "2024-01-01", "2024-12-31"),
    ("Which articles from last year mention the Lenn?", "2024-01-01", "2024-12-31"),
    ("2025年的文章", "2025-01-01", "2025-12-31"),
    ("２０２５年的文章", "2025-01-01", "2025-12-31"),
    ("二〇二五年的文章", "2025-01-01", "2025-12-31"),
    ("2025年3月的文章有哪些？", "2025-03-01", "2025-03-31"),
    ("去年发表的文章", "2024-01-01", "2024-12-31"),
    ("去年发表的", "2024-01-01", "2024-12-31"),
    ("我们去年发表了什么？", "2024-01-01", "2024-12-31"),
    ("今年我们写过哪些关于渡轮的文章？", "2025-01-01", "2025-12-31"),
    ("前年的文章", "2023-01-01", "2023-12-31"),
    ("上个月的文章", "2025-10-01", "2025-10-31"),
    ("近半年的文章", "2025-05-23", "2025-11-23"),
    ("过去三个月发表的文章", "2025-08-23", "2025-11-23"),
    ("三个月内发表的文章", "2025-08-23", "2025-11-23"),
    ("自2024年以来的文章", "2024-01-01", None),
    ("今年三月以来发布的文章", "2025-03-01", None),
    ("2024年以前的文章", None, "2023-12-31"),
    ("2024年底以前的文章", None, "2024-12-31"),
    ("截至2024年底的文章", None, "2024-12-31"),
    ("2023至2025年的文章", "2023-01-01", "2025-12-31"),
    ("2024年3月至6月的文章", "2024-03-01", "2024-06-30"),
    ("第三季度的文章", "2025-07-01", "2025-09-30"),
    ("去年第四季度我们发表了哪些文章？", "2024-10-01", "2024-12-31"),
    ("上半年发表的文章", "2025-01-01", "2025-06-30"),
    ("哪些文章是去年发表的？", "2024-01-01", "2024-12-31"),
]


@pytest.mark.parametrize(("question", "since", "until"), [pytest.param(*case, id=case[0]) for case in PUBLICATION])
def test_days_of_publication(question: str, since: str | None, until: str | None) -> None:
    assert read(question).published == days(since, until)


CONTENT = [
    ("How many companies were founded in 2025?", "2025-01-01", "2025-12-31"),
    ("revenue in 2023", "2023-01-01", "2023-12-31"),
    ("What happened in the Lenn valley in 2024?", "2024-01-01", "2024-12-31"),
    ("articles about companies founded in 2023", "2023-01-01", "2023-12-31"),
    ("articles about firms founded since March", "2025-03-01", None),
    ("articles on drug approvals in 2024", "2024-01-01", "2024-12-31"),
    ("Which guidelines were published in 2024?", "2024-01-01", "2024-12-31"),
    ("How many papers did the college publish in 2023?", "2023-01-01", "2023-12-31"),
    ("What has changed at the hub since 2024?", "2024-01-01", None),
    ("How many firms were there before 2020?", None, "2019-12-31"),
    ("Who was appointed last year?", "2024-01-01", "2024-12-31"),
    ("2024年成立了多少家企业？", "2024-01-01", "2024-12-31"),
    ("2023年的收入是多少？", "2023-01-01", "2023-12-31"),
    ("2023年成立的公司的文章", "2023-01-01", "2023-12-31"),
    ("2024年园区发生了什么？", "2024-01-01", "2024-12-31"),
    ("2024年发布的指南有哪些？", "2024-01-01", "2024-12-31"),
    ("你们今年发布的产品有哪些？", "2025-01-01", "2025-12-31"),
    ("去年发表的论文有哪些？", "2024-01-01", "2024-12-31"),
    ("去年园区新增多少企业？", "2024-01-01", "2024-12-31"),
]


@pytest.mark.parametrize(("question", "since", "until"), [pytest.param(*case, id=case[0]) for case in CONTENT])
def test_days_that_are_only_spoken_of_leave_nothing_out(question: str, since: str | None, until: str | None) -> None:
    when = read(question)
    assert (when.published, when.mentioned, when.aside) == (None, (days(since, until),), ())


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("May I march to the mill?", id="months that are words"),
        pytest.param("What does the second quarter of the town look like?", id="a quarter of a town"),
        pytest.param("Is room 1066 or 3,2025 free?", id="numbers that are no years"),
        pytest.param("Was it built in the 1990s?", id="a decade"),
        pytest.param("In 2025-13-40?", id="no such day"),
        pytest.param("0000年1月？", id="no such year"),
        pytest.param("以上月份之外呢？", id="a month that is none"),
        pytest.param("How long are the boats?", id="nothing of time"),
    ],
)
def test_what_is_no_date_of_publication(question: str) -> None:
    when = read(question)
    assert when.published is None
    assert when.recency is Recency.NONE


@pytest.mark.parametrize(
    ("question", "recency"),
    [
        pytest.param("the latest article on boats", Recency.FIRST, id="latest article"),
        pytest.param("What does the most recent piece about boats say?", Recency.FIRST, id="most recent piece"),
        pytest.param("newest life science articles", Recency.FIRST, id="words between"),
        pytest.param("最新文章", Recency.FIRST, id="zh latest article"),
        pytest.param("关于渡轮的最新文章", Recency.FIRST, id="zh latest article on"),
        pytest.param("最近有哪些关于渡轮的文章？", Recency.FIRST, id="zh recent articles on"),
        pytest.param("What's the latest on boats?", Recency.PREFERRED, id="the latest on"),
        pytest.param("What has happened recently?", Recency.PREFERRED, id="recently"),
        pytest.param("the latest piece of equipment", Recency.PREFERRED, id="a piece that is no article"),
        pytest.param("最近有什么变化？", Recency.PREFERRED, id="zh recently"),
        pytest.param("最新的票价是多少？", Recency.PREFERRED, id="zh latest"),
        pytest.param("Who was appointed last year?", Recency.PREFERRED, id="days counted from today"),
        pytest.param("What happened in 2024?", Recency.NONE, id="days of the calendar"),
        pytest.param("articles since March", Recency.NONE, id="days of publication"),
    ],
)
def test_how_new(question: str, recency: Recency) -> None:
    assert read(question).recency is recency


@pytest.mark.parametrize(
    ("question", "left"),
    [
        pytest.param("articles since March about boats", "about boats", id="en publication"),
        pytest.param("What did we publish on boats in 2024?", "What on boats ?", id="en we publish"),
        pytest.param("the latest article on boats", "the on boats", id="en latest"),
        pytest.param("自2024年以来关于渡轮的文章", "关于渡轮的", id="zh publication"),
        pytest.param("How many firms were founded in 2023?", "How many firms were founded in 2023?", id="en content"),
        pytest.param("最近有什么变化？", "最近有什么变化？", id="zh content"),
    ],
)
def test_words_that_say_which_articles_are_set_aside(question: str, left: str) -> None:
    topic = read(question).without_asides(question)
    assert len(topic) == len(question)
    assert " ".join(topic.split()) == left


def test_several_dates_of_publication_hold_together() -> None:
    assert read("articles since 2024 published before June 2025").published == days("2024-01-01", "2025-05-31")
    assert merged([]) == Period()


def test_the_end_of_a_short_month_is_none_too_late() -> None:
    assert read_when("articles in the last six months", today=date(2025, 8, 31)).published == days(
        "2025-02-28", "2025-08-31"
    )
    assert read_when("articles in February 2024", today=TODAY).published == days("2024-02-01", "2024-02-29")


TIMES = st.sampled_from(
    "since|before|between|and|to|articles|March|Q3|2025|last|year|6|months|the|'s|?|去年|3月|至|以来|的文章|最近|半年|第|季度"
    "|年|0000|9999|2024-02-30|，|２０２４".split("|")
)


@given(words=st.lists(TIMES, max_size=9), glue=st.sampled_from(["", " "]), today=st.dates(date(1990, 1, 1)))
def test_whatever_is_asked_is_read(words: list[str], glue: str, today: date) -> None:
    question = glue.join(words)
    when = read_when(question, today=today)
    assert all(0 <= span.start < span.end <= len(question) for span in (*when.aside, *when.light))
    assert len(when.without_asides(question)) == len(question)
    assert not any(one.period.empty for one in expressions(question, today=today))
