"""What becomes of a reply's lists, headings and links between sentences, where some of it can't be proved."""

from collections.abc import Callable

import pytest

from corpus.language import Analyzer
from tests.service.evidence_samples import HARBOUR, HARBOUR_ZH, article, evidence
from tests.service.scripted_llm import Reply, scripted_llm
from tests.service.writing import HOUSES, OPENED, Outcome, assert_proved, writer_at, written

EXPORT = "About 30 percent of the companies export to Japan."
FALSE = "The park was sold to Ada Byrne in 2019. [{0}]"

Write = Callable[..., Outcome]


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer()


@pytest.fixture
def write(analyzer: Analyzer) -> Write:
    """Let the model say one reply and nothing when it is asked again; each request is in ``write.requests``."""

    def read(reply: str, *, chinese: bool = False) -> Outcome:
        found = evidence(article(HARBOUR_ZH, title="海港创新园", language="zh")) if chinese else None
        with scripted_llm(Reply([reply], chunk=5), Reply(["NOT_IN_ARTICLES"])) as server:
            outcome = written(writer_at(server, analyzer), found=found, language="zh" if chinese else "en")
        assert_proved(outcome, {"harbour": HARBOUR_ZH if chinese else HARBOUR})
        read.requests = len(server.requests)  # type: ignore[attr-defined]
        return outcome

    return read


@pytest.mark.parametrize(
    ("reply", "text"),
    [
        pytest.param(
            f"{OPENED} [{{0}}]\n\n{HOUSES} [{{0}}]", f"{OPENED} [1]\n\n{HOUSES} [2]", id="paragraphs stay apart"
        ),
        pytest.param(
            f"The park houses 1,250 companies: [{{0}}]\n\n* {OPENED} [{{0}}]\n* {EXPORT} [{{0}}]",
            f"The park houses 1,250 companies: [1]\n- {OPENED} [2]\n- {EXPORT} [3]",
            id="a list stays one",
        ),
        pytest.param(
            f"1. {FALSE}\n2. {OPENED} [{{0}}]\n3. {HOUSES} [{{0}}]",
            f"1. {OPENED} [1]\n2. {HOUSES} [2]",
            id="numbers close up",
        ),
        pytest.param(
            f"The park houses 1,250 companies: [{{0}}]\n- {FALSE}\n\n{OPENED} [{{0}}]",
            f"{OPENED} [1]",
            id="a sentence that leads nothing in goes",
        ),
        pytest.param(
            f"Three things are known of it:\n- {OPENED} [{{0}}]\n- {HOUSES} [{{0}}]",
            f"- {OPENED} [1]\n- {HOUSES} [2]",
            id="one that can't be proved is missed by nobody",
        ),
        pytest.param(
            "Companies in the park include:\n- **Nordwind Robotics** [{0}]\n- Ferrolux [{0}]",
            "Companies in the park include: [1]\n- Nordwind Robotics [2]\n- Ferrolux [2]",
            id="names are proved with what leads them in",
        ),
        pytest.param(
            f"## The park\n\n{OPENED} [{{0}}]\n\n**Sources:**\n- The Harbour Innovation Park (2024) [{{0}}]",
            f"{OPENED} [1]",
            id="headings and a list of sources are no statements",
        ),
        pytest.param(
            f"{OPENED[:-1]} (Source: “The Harbour Innovation Park”). [{{0}}]", f"{OPENED} [1]", id="a title in brackets"
        ),
        pytest.param(
            f"| Of what | Detail |\n|---|---|\n| Park | {OPENED} [{{0}}] |\n| Firms | {HOUSES} [{{0}}] |\n",
            f"- Park: {OPENED} [1]\n- {HOUSES} [2]",
            id="a table's sentences",
        ),
        pytest.param(
            "| Park | Companies | Source |\n|---|---|---|\n| Harbour Innovation Park | 1,250 | [{0}] |\n",
            "- Harbour Innovation Park – companies: 1,250 [1]",
            id="a table's values with its head",
        ),
        pytest.param(f"**{OPENED}** It is big.", f"{OPENED} [1]", id="a bold sentence is one"),
        pytest.param(f"1. **Start.** {OPENED} [{{0}}]", f"1. {OPENED} [1]", id="bold words before an item's sentence"),
        pytest.param(f"Some facts: {OPENED} [{{0}}]", f"{OPENED} [1]", id="a label that the quotes don't have"),
    ],
)
def test_what_is_shown_reads_well(write: Write, reply: str, text: str) -> None:
    assert write(reply).generated.text == text


def test_what_states_nothing_is_not_asked_for_anew(write: Write) -> None:
    outcome = write(f"Some points are these:\n\n## Opening\n- {OPENED} [{{0}}]\n\nSource: The Harbour Innovation Park")
    assert (outcome.held_back, outcome.generated.notice, write.requests) == ([], None, 1)  # type: ignore[attr-defined]


MILL = "There are three risks at the mill of Ulverby. Rot eats the beams. Frost stops the wheel. Rats spoil the flour."
ROT, FROST, RATS, GULLS = (
    f"- {risk} [{{0}}]\n"
    for risk in ("Rot eats the beams.", "Frost stops the wheel.", "Rats spoil the flour.", "Gulls ate 40 sails.")
)


@pytest.mark.parametrize(
    ("reply", "supports", "held"),
    [
        pytest.param(f"There are three risks at the mill:\n{ROT}{FROST}{RATS}", ["supported"] * 4, 0, id="as many"),
        pytest.param(
            f"There are three risks at the mill:\n{ROT}{GULLS}{RATS}\n\nRot eats the beams.",
            ["partial", "supported", "supported"],
            1,
            id="one left out",
        ),
        pytest.param(f"There are five risks at the mill:\n{ROT}{FROST}", ["supported"] * 2, 1, id="not proved"),
        pytest.param(
            f"There are three risks at the mill:\n{ROT}{FROST}{RATS}- Fire: the mill burns at Ulverby. [{{0}}]\n",
            ["supported"] * 4,
            1,
            id="an item of a name that is not there",
        ),
        pytest.param(f"The risks of life are these:\n{ROT}{FROST}", ["supported"] * 2, 0, id="nothing to prove"),
    ],
)
def test_a_sentence_that_counts_the_items_that_it_leads_in(
    analyzer: Analyzer, reply: str, supports: list[str], held: int
) -> None:
    with scripted_llm(Reply([reply]), Reply(["NOT_IN_ARTICLES"])) as server:
        outcome = written(writer_at(server, analyzer), found=evidence(article(MILL, title="Ulverby")))
    assert [each.support for each in outcome.generated.statements] == supports
    assert len(outcome.held_back) == held
    assert (outcome.generated.notice is not None) is bool(held)


@pytest.mark.parametrize("lead", ["The park's owners are:", "Companies that left the park for Japan include:"])
def test_names_under_another_lead_in_are_held_back(write: Write, lead: str) -> None:
    outcome = write(f"{OPENED} [{{0}}]\n\n{lead}\n- Nordwind Robotics [{{0}}]")
    assert outcome.said == [OPENED]
    assert outcome.held_back == ["it is not a whole sentence"]


def test_another_article_proves_no_lead_in(analyzer: Analyzer) -> None:
    found = evidence(article(HARBOUR), article("These firms left Norvane in May. It is a town.", name="other"))
    reply = Reply([f"These firms left Norvane in May:\n- {EXPORT} [{{0}}]"])
    with scripted_llm(reply) as server:
        assert written(writer_at(server, analyzer), found=found).generated.text == f"- {EXPORT} [1]"


def test_an_item_that_heads_others_is_no_sentence(write: Write) -> None:
    outcome = write(f"1. Opening\n   - {OPENED} [{{0}}]\n2. Firms\n   {HOUSES} [{{0}}]\n")
    assert outcome.said == [OPENED, HOUSES]
    assert (outcome.held_back, outcome.generated.notice, write.requests) == ([], None, 1)  # type: ignore[attr-defined]
    assert write(f"- Norvane\n- {OPENED} [{{0}}]\n- Brill\n").held_back == ["it is not a whole sentence"] * 2


def test_a_name_that_the_quotes_lack_is_no_item(write: Write) -> None:
    outcome = write("Companies in the park include:\n- Ferrolux [{0}]\n- Norvane [{0}]")
    assert outcome.said == ["Companies in the park include:", "Ferrolux"]


def test_a_sentence_loses_its_link_to_one_that_is_left_out(write: Write) -> None:
    outcome = write(f"{OPENED} [{{0}}] {FALSE} However, 30 percent of the companies export to Japan. [{{0}}]")
    assert outcome.said == [OPENED, "30 percent of the companies export to Japan."]
    linked = write(f"{OPENED} [{{0}}] However, 30 percent of the companies export to Japan. [{{0}}]")
    assert linked.said[1].startswith("However, ")


def test_a_sentence_that_refers_to_one_that_is_left_out_is_partly_proved(write: Write) -> None:
    supports = [[each.support for each in write(reply).generated.statements] for reply in (
        f"{FALSE} {HOUSES} [{{0}}]",
        f"{OPENED} [{{0}}] {HOUSES} [{{0}}]",
    )]  # fmt: skip
    assert supports == [["partial"], ["supported", "supported"]]


def test_a_key_serves_its_paragraph(write: Write) -> None:
    outcome = write("Nordwind Robotics bought Ferrolux. The park houses 1,250 companies. [{0}]")
    assert [(each.text, each.support) for each in outcome.generated.statements] == [
        ("Nordwind Robotics bought Ferrolux.", "partial"),
        ("The park houses 1,250 companies.", "supported"),
    ]
    assert write(f"Nordwind Robotics bought Ferrolux.\n\n{OPENED} [{{0}}]").said == [OPENED]


def test_a_chinese_heading_says_whom_its_sentence_is_about(write: Write) -> None:
    outcome = write(
        "**海港创新园**\n于2014年3月正式启用。[{0}]\n\n**其他**\n园区不向批发商出租场地。[{0}]", chinese=True
    )
    assert outcome.said == ["海港创新园：于2014年3月正式启用。", "园区不向批发商出租场地。"]
