"""A statement that has all words of its quotes, but in each other's place, says something else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.language import Analyzer
from service.checks.reversal import another_subject, exchanged, subject_exchanged, turned_about


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
        pytest.param(
            "Ulverby set up the ferry park in 2011.",
            "The ferry park was set up in 2011 as the harbour of Ulverby.",
            False,
            id="passive without a doer",
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
            "The Fenn Prize was shared by Ada Byrne (one half, for dye) and Marian Brandt (the other half, for glass).",
            "The Fenn Prize went to Ada Byrne and Marian Brandt. "
            "Byrne received one half for dye, and Brandt shared the other half for glass with others.",
            False,
            id="a forename that one sentence leaves out",
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


HALVES = "Byrne received one half for the design of dyes, and Keller and Brandt shared the other half for the loom."


@pytest.mark.parametrize(
    ("statement", "quote", "names"),
    [
        pytest.param(
            "Keller received one half for the design of dyes.", HALVES, ("keller", "byrne"), id="another's half"
        ),
        pytest.param("Byrne received one half for the design of dyes.", HALVES, None, id="its own"),
        pytest.param("Keller shared the other half for the loom.", HALVES, None, id="one of two"),
        pytest.param("Brandt and Keller shared the other half for the loom.", HALVES, None, id="two in another order"),
        pytest.param(
            "FTS suits mills, and XFS suits routine tests.",
            "XFS suits mills; FTS suits routine tests.",
            ("fts", "xfs"),
            id="both exchanged",
        ),
        pytest.param(
            "Brill is a harbour town in the north.",
            "Brill (Danish: Bryll), is a harbour town in the north, and Brill has a mill.",
            None,
            id="an aside",
        ),
        pytest.param(
            "FTS模式适合边界清楚的任务。", "FTS模式适合探索，XFS模式适合边界清楚的任务。", ("fts", "xfs"), id="zh"
        ),
        pytest.param(
            "XFS模式适合边界清楚的任务。", "FTS模式适合探索，XFS模式适合边界清楚的任务。", None, id="zh its own"
        ),
    ],
)
def test_what_is_told_of_another(analyzer, statement, quote, names):
    assert another_subject(statement, [quote], analyzer) == names


def test_no_hash_seed_tells_which_part_is_compared() -> None:
    script = """
from corpus.language import Analyzer
from service.verify import check
quote = (
    "Brill was founded in 1998 by the Ulverby chemists Ada Keller and Otto Brandt. "
    "Its lens passed to the Danish company Norvane, which acquired Brill in 2007."
)
print(check("Brill was founded in 2007 and acquired by Norvane in 1998.", [quote], analyzer=Analyzer()))
"""
    root = Path(__file__).parents[3]
    found = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=root,
            env=os.environ | {"PYTHONHASHSEED": str(seed), "PYTHONPATH": str(root)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in range(4)
    }
    assert len(found) == 1
