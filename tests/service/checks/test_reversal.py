"""A statement that has all words of its quotes, but in each other's place, says something else."""

import pytest

from corpus.language import Analyzer
from service.checks.reversal import exchanged, subject_exchanged, turned_about


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer()


REPORTS = "The harbour agency reports to the ferry ministry."


@pytest.mark.parametrize(
    ("statement", "quote", "turned"),
    [
        pytest.param("The ferry ministry reports to the harbour agency.", REPORTS, True, id="both sides"),
        pytest.param(REPORTS, REPORTS, False, id="the same"),
        pytest.param(
            "New ships need more than old piers.", "Old piers need more than new ships, they say.", True, id="compared"
        ),
        pytest.param(
            "The ferry firm bought the old pier.", "The old pier was bought by the ferry firm.", False, id="passive"
        ),
        pytest.param(
            "The city opened the ferry pier.", "The ferry pier opened in the city.", False, id="another preposition"
        ),
        pytest.param(
            "Arches of latticed steel replaced the roof.",
            "The roof was replaced by latticed steel arches.",
            False,
            id="a noun has no sides",
        ),
        pytest.param("港口公司把维修委托给渡轮公司。", "渡轮公司把维修委托给港口公司。", True, id="zh"),
        pytest.param("维修由渡轮公司委托港口公司。", "渡轮公司委托港口公司维修。", False, id="zh passive"),
    ],
)
def test_both_sides_of_a_word(analyzer, statement, quote, turned):
    assert bool(turned_about(statement, [quote], analyzer)) is turned


@pytest.mark.parametrize(
    ("statement", "quote", "turned"),
    [
        pytest.param(
            "Brandt received the pier of Vardo from Keller.",
            "In that year Keller received the pier, the first of many, from old Brandt.",
            True,
            id="doer and done-to far apart",
        ),
        pytest.param(
            "Keller received the pier from Brandt.",
            "In that year Keller received the pier, the first of many, from old Brandt.",
            False,
            id="the same",
        ),
        pytest.param(
            "The pier was received by Keller from Brandt.",
            "In that year Keller received the pier from old Brandt.",
            False,
            id="passive",
        ),
    ],
)
def test_names_around_a_verb(analyzer, statement, quote, turned):
    assert bool(subject_exchanged(statement, [quote], analyzer)) is turned


LOANS = "A loan for a pier takes one month to be paid, and a grant for a ferry takes one week of paperwork."


@pytest.mark.parametrize(
    ("statement", "quote", "turned"),
    [
        pytest.param(
            "A grant for a pier takes one month to be paid, and a loan for a ferry takes one week of paperwork.",
            LOANS,
            True,
            id="two parts",
        ),
        pytest.param(
            "A loan for a pier takes one week of paperwork, and a grant for a ferry takes one month to be paid.",
            LOANS,
            True,
            id="two halves, each as near to both",
        ),
        pytest.param(LOANS, LOANS, False, id="the same"),
        pytest.param(
            "A grant for a ferry takes one week of paperwork, and a loan for a pier takes one month.",
            LOANS,
            False,
            id="parts in another order",
        ),
        pytest.param(
            "渡轮由苏州市和武汉大学合办，渡轮公司提供支持。",
            "渡轮由渡轮公司和武汉大学合办，苏州市提供支持。",
            True,
            id="zh",
        ),
    ],
)
def test_two_parts(analyzer, statement, quote, turned):
    assert bool(exchanged(statement, [quote], analyzer)) is turned
