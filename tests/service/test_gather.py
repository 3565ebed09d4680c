"""Evidence from the small library: which sentences, and how sure."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from corpus import lexical
from corpus.dictionary import Dictionary
from corpus.embedder import Embedder
from corpus.glossary import Glossary
from corpus.language import Analyzer
from corpus.library import Library
from service.evidence import Evidence
from service.gather import Gatherer
from service.retrieve import PER_ARTICLE, READ, Found, Retriever
from service.sentences.wanted import LACKS_DATE
from service.threshold import THRESHOLD
from service.understand import Understood
from tests.service.conftest import Look
from tests.service.reading import understand
from tests.service.small_library import BRIGHTWATER, article, publish, publish_all

Gather = Callable[[str], Evidence]


@pytest.fixture(scope="module")
def gather(small: Library, analyzer: Analyzer, look: Look) -> Gather:
    gatherer = Gatherer(small, analyzer)
    return lambda question: gatherer.gather(*look(question))


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        pytest.param("When was the Brightwater Science Park founded?", "founded in 2009", id="a date"),
        pytest.param("How many companies does Brightwater host?", "340 companies", id="a number"),
        pytest.param("Why does the hub take no rent?", "because its founders", id="a reason"),
        pytest.param("How many passengers did the ferry carry?", "48,000 passengers", id="a number with a comma"),
        pytest.param("青岚实验室的主任是谁？", "主任是周敏", id="a Chinese person"),
        pytest.param("Where did Pellmere Biotech move from?", "from the coast", id="a place"),
    ],
)
def test_what_answers_is_among_the_two_best_sentences(gather: Gather, question: str, sentence: str) -> None:
    evidence = gather(question)
    assert any(sentence in scored.text for scored in evidence.sentences[:2])
    assert evidence.confidence > THRESHOLD


@pytest.mark.parametrize(
    ("question", "stranger"),
    [
        pytest.param(
            "How many companies does Brightwater host?", "How many companies does Ulverby host?", id="another park"
        ),
        pytest.param(
            "When was the Brightwater Science Park founded?",
            "When was the Zurich Science Park founded?",
            id="another park of the same kind",
        ),
        pytest.param("临港创新谷有多少家企业？", "苏州有多少家企业？", id="another Chinese place"),
        pytest.param("Who is Ines Castellano?", "Who is Boris Castellano?", id="another person of that name"),
    ],
)
def test_a_name_that_the_article_never_mentions_leaves_little(gather: Gather, question: str, stranger: str) -> None:
    known, unknown = gather(question).confidence, gather(stranger).confidence
    assert unknown < THRESHOLD
    assert unknown < known / 2


def test_a_slip_of_the_pen_in_a_long_name_is_borne(gather: Gather) -> None:
    right, slip = (gather(f"How many companies does {name} host?") for name in ("Brightwater", "Brightwatter"))
    assert slip.passages[0].article.id == right.passages[0].article.id == "brightwater"
    stranger = gather("How many companies does Blackfriars host?")
    assert slip.confidence > 2 * stranger.confidence


def test_names_joined_by_and_may_stand_in_two_articles(gather: Gather) -> None:
    both = gather("When did Brightwater and Calder open?")
    assert {"brightwater", "calder"} <= {sentence.article.id for sentence in both.sentences[:4]}
    one_unknown = gather("When did Brightwater and Ulverby open?")
    assert both.confidence > one_unknown.confidence


def test_asked_when_evidence_without_a_date_counts_less(
    library: Library, embedder: Embedder, analyzer: Analyzer, glossary: Glossary
) -> None:
    publish(
        library, article("# The mill\n\nThe old mill was rebuilt after the fire.\n\nIt stands near Ulverby.", "mill.md")
    )
    retriever = Retriever(library, analyzer)

    def gathered(question: str) -> Evidence:
        asked = understand(question, analyzer=analyzer, glossary=glossary)
        return Gatherer(library, analyzer).gather(asked, retriever.retrieve(asked))

    when, how = gathered("When was the old mill rebuilt?"), gathered("How was the old mill rebuilt?")
    retriever.close()
    assert when.sentences[0].text == how.sentences[0].text == "The old mill was rebuilt after the fire."
    assert when.sentences[0].score < how.sentences[0].score
    assert when.confidence < how.confidence * LACKS_DATE * 2


@pytest.fixture
def asked_of(
    library: Library, analyzer: Analyzer, glossary: Glossary, dictionary: Dictionary
) -> Iterator[Callable[[str, str], Evidence]]:
    """Ask a question of an article alone."""
    retriever = Retriever(library, analyzer)

    def ask(text: str, question: str) -> Evidence:
        publish(library, article(text, "only.md"))
        asked = understand(question, analyzer=analyzer, glossary=glossary, dictionary=dictionary)
        return Gatherer(library, analyzer).gather(asked, retriever.retrieve(asked))

    yield ask
    retriever.close()


def test_one_ordinary_word_is_no_question_across_languages(asked_of: Callable[[str, str], Evidence]) -> None:
    text = "---\ntitle: 工厂\npublished: 2025-01-01\n---\n这家老工厂1998年创立，由海外企业经营。"
    assert asked_of(text, "Which old factory was founded abroad?").confidence > THRESHOLD
    assert asked_of(text, "any others abroad?").confidence < THRESHOLD


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Who is in charge of QXVZ?", id="by another name"),
        pytest.param("Who manages QXVZ?", id="by a word that asks for it"),
        pytest.param("Which CEO is active at QXVZ?", id="light words aside"),
    ],
)
def test_a_sentence_that_holds_all_that_is_asked_is_likely_to_answer(
    asked_of: Callable[[str, str], Evidence], question: str
) -> None:
    """The embedder makes nothing of such names."""
    text = "# A visit\n\nIn the spring Qxvz's CEO Ada Brill saw the old mill by the lake and spoke of trout."
    evidence = asked_of(text, question)
    assert "Ada Brill" in evidence.sentences[0].text
    assert evidence.confidence >= THRESHOLD


@pytest.mark.parametrize(
    ("text", "question", "stranger"),
    [
        pytest.param(
            "# The mill\n\nThe rent of the old mill rose by 12 per cent in 2024.",
            "2024年老磨坊的租金涨了多少？",
            "2024年老磨坊的工资涨了多少？",
            id="Chinese on English",
        ),
        pytest.param(
            "# 码头\n\n2024年，码头的租金上涨了百分之十二。",
            "How much did the rent of the port rise in 2024?",
            "How much did the salaries of the school rise in 2024?",
            id="English on Chinese",
        ),
    ],
)
def test_everyday_words_are_known_in_the_other_language(
    asked_of: Callable[[str, str], Evidence], text: str, question: str, stranger: str
) -> None:
    known, unknown = (asked_of(text, asked).confidence for asked in (question, stranger))
    assert known > max(THRESHOLD, unknown)


PARKS = """# Two parks

## Ulverby: full

Fitted laboratories let at 48 pounds a square foot.

## Norvane: empty

Its first phase opened in spring. There are 64 fume cupboards.
"""


def test_what_stands_in_the_section_on_another_is_hardly_an_answer(asked_of: Callable[[str, str], Evidence]) -> None:
    of_it, of_another = (
        asked_of(PARKS, f"How many fume cupboards are there at {name}?").confidence for name in ("Norvane", "Ulverby")
    )
    assert of_another < THRESHOLD < of_it


def test_the_same_of_another_name_is_put_back_also_where_the_title_names_the_one_asked(
    asked_of: Callable[[str, str], Evidence],
) -> None:
    text = "# Ulverby Mill\n\nUlverby Mill opened in 2011. The Brill Works opened in 2019 in the old town."
    first, second = asked_of(text, "When did Ulverby Mill open?").sentences[:2]
    assert "2011" in first.text
    assert second.score < first.score / 3


def test_an_article_that_lacks_a_chinese_name_is_not_on_it(
    library: Library, analyzer: Analyzer, glossary: Glossary, dictionary: Dictionary
) -> None:
    publish(library, article("# 园区\n\n圣奥斯温研究所每年出资80万英镑。", "garden.md"))
    publish(library, article("# The desk\n\nThe institute has a desk. Its director is Bao Xiulan.", "desk.md"))
    retriever = Retriever(library, analyzer)

    def confidence(question: str) -> float:
        asked = understand(question, analyzer=analyzer, glossary=glossary, dictionary=dictionary)
        return Gatherer(library, analyzer).gather(asked, retriever.retrieve(asked)).confidence

    assert confidence("圣奥斯温研究所的所长是谁？") < THRESHOLD < confidence("研究所的所长是谁？")
    retriever.close()


@pytest.mark.parametrize(
    ("question", "told"),
    [
        pytest.param("灯塔的钟敲响几次？", True, id="told"),
        pytest.param("灯塔的望远镜有多大？", False, id="but one thing found, and the rest nowhere"),
    ],
)
def test_one_thing_alone_is_too_little_where_no_embedder_votes(
    asked_of: Callable[[str, str], Evidence], question: str, told: bool
) -> None:
    text = "# 港口\n\n这座灯塔建于海边，灯塔每天都有访客。\n\n灯塔的钟敲响两次。"
    assert (asked_of(text, question).confidence >= THRESHOLD) is told


@pytest.mark.parametrize(
    ("question", "told"),
    [
        pytest.param("What was the rent of the old mill in 2024?", True, id="the year of the article"),
        pytest.param("What was the rent of the old mill in 2019?", False, id="a year of which it tells nothing"),
    ],
)
def test_an_article_does_not_tell_of_a_year_that_it_never_names(
    asked_of: Callable[[str, str], Evidence], question: str, told: bool
) -> None:
    text = "# The mill\n\nIn 2024 the rent of the old mill by the lake was 12 pounds."
    assert (asked_of(text, question).confidence >= THRESHOLD) is told


def test_of_its_own_year_an_article_need_not_name_the_number(asked_of: Callable[[str, str], Evidence]) -> None:
    text = "---\npublished: {}\n---\n# The mill\n\nLast year the rent of the old mill by the lake was 12 pounds."
    question = "What was the rent of the old mill in 2023?"
    year_before, later = (asked_of(text.format(day), question).confidence for day in ("2024-03-01", "2026-03-01"))
    assert later < THRESHOLD < year_before


def test_who_runs_another_is_no_answer(asked_of: Callable[[str, str], Evidence]) -> None:
    text = "# A visit\n\nIn the spring Qxvz's CEO Ada Brill visited Ulverby and its old mill by the lake."
    of_it, of_another = (asked_of(text, f"Who runs {name}?").confidence for name in ("QXVZ", "Ulverby"))
    assert of_another < THRESHOLD < of_it


@pytest.mark.parametrize(
    ("text", "question"),
    [
        pytest.param(
            "Established firms like Ulverby and Brill have built large yards by the lake.",
            "Who established Ulverby?",
            id="a participle that describes",
        ),
        pytest.param(
            "Ulverby and Brill have also founded a large school by the lake.", "Who founded Ulverby?", id="what it did"
        ),
        pytest.param(
            "In the spring Qxvz's CEO Ada Brill came to see the mill by the lake.",
            "谁是药明康德的CEO？",
            id="another's, of a name that can't be read there",
        ),
        pytest.param(
            "In the spring the pharmaceutical company's founder Ada Brill came to see the mill.",
            "青溪制药的创始人是谁？",
            id="a Chinese company that is not named there",
        ),
    ],
)
def test_who_did_something_else_is_no_answer(
    asked_of: Callable[[str, str], Evidence], text: str, question: str
) -> None:
    assert asked_of(f"# A visit\n\n{text}", question).confidence < THRESHOLD


def test_asked_for_a_person_a_sentence_without_one_is_hardly_an_answer(
    asked_of: Callable[[str, str], Evidence],
) -> None:
    who = "Who rebuilt the old mill after the fire?"
    nobody = asked_of("# The mill\n\nThe old mill was rebuilt after the fire.", who)
    somebody = asked_of("# The mill\n\nThe old mill was rebuilt by Ada Brill after the fire.", who)
    assert nobody.confidence < somebody.confidence / 1.5


def test_asked_what_came_later_the_next_sentence_comes_along(asked_of: Callable[[str, str], Evidence]) -> None:
    text = "# 公司\n\n考尔德公司于1982年创立，是最早的造船企业之一。它在2016年与乌尔维合并，2017年改名。"
    first, *_ = asked_of(text, "考尔德公司后来怎样了？").sentences
    assert [item.text for item in first.brings] == ["它在2016年与乌尔维合并，2017年改名。"]


def test_what_announces_the_list_that_is_asked_for_comes_first(asked_of: Callable[[str, str], Evidence]) -> None:
    text = (
        "# Mills and credit\n\nMills that keep credit with banks are at high risk when banks fail.\n\n"
        "There are two risks that we ask each owner of mills with credit to see:\n\n"
        "- Fire: straw burns.\n- Rot: wood rots."
    )
    best = asked_of(text, "What are the risks of credit for mills?").sentences[0]
    assert (best.text[:19], [item.text[:4] for item in best.brings]) == ("There are two risks", ["Fire", "Rot:"])


def test_a_question_of_the_articles_own_is_led_by_its_answer(asked_of: Callable[[str, str], Evidence]) -> None:
    text = "# Mills\n\nShould an owner insure the old mill against fire? Only where straw is kept in the mill."
    evidence = asked_of(text, "Should I insure an old mill against fire?")
    assert [item.text for item in evidence.sentences[0].brings] == ["Only where straw is kept in the mill."]


def test_what_holds_all_that_is_asked_names_the_answer(asked_of: Callable[[str, str], Evidence]) -> None:
    """Names that the question has not are what it asks for, where the sentence tells of nothing else."""
    text = (
        "# Ferries of Calder\n\nThe Calder ferries are old. In 2023 an independent review of ferry safety, led by Ada"
        " Brill and Ben Colm, asked for boats. A public body, the Ulverby Ferry Group, was the first to repair them."
    )
    evidence = asked_of(text, "Who led the independent review of ferry safety in Calder?")
    assert "Ada Brill" in evidence.sentences[0].text
    assert evidence.confidence >= THRESHOLD


@pytest.mark.parametrize(
    ("question", "fact", "other"),
    [
        pytest.param(
            "When was Nanjing University founded?",
            "Nanjing University was founded in 2019 by the lake.",
            "The Cambridge University–Nanjing Centre was founded in 2019 by the lake.",
            id="another name of the same words",
        ),
        pytest.param(
            "Who is the head of Ulverby Works?",
            "The head of Ulverby Works by the lake is Ada Brill.",
            "Ulverby Works by the lake is an arm of Brill University.",
            id="nothing of the role",
        ),
        pytest.param(
            "How many tenants are in Ulverby Works?",
            "Ulverby Works has 340 tenants by the lake.",
            "Ulverby Works stands by the lake with 340 trams.",
            id="a count of something else",
        ),
        pytest.param(
            "What is the area of Ulverby Works?",
            "The area of Ulverby Works by the lake is 12 hectares.",
            "The area of Ulverby Works by the lake has 12 tenants.",
            id="no unit of what is measured",
        ),
    ],
)
def test_a_fact_of_something_else_is_hardly_an_answer(
    asked_of: Callable[[str, str], Evidence], question: str, fact: str, other: str
) -> None:
    told, untold = (asked_of(f"# A visit\n\n{text}", question).confidence for text in (fact, other))
    assert untold < told / 2


@pytest.mark.parametrize(
    ("question", "there"),
    [
        pytest.param("Which research firms are there in Wuxi?", False, id="a place"),
        pytest.param("Which research firms are there in wuxi?", False, id="a place, written small"),
        pytest.param("无锡有哪些研究企业？", False, id="a place, in Chinese"),
        pytest.param("Which research firm is WuXi AppTec?", True, id="the firm"),
        pytest.param("Which research firm is wuxi apptec?", True, id="the firm, written small"),
    ],
)
def test_a_firm_named_like_a_place_is_not_there(
    asked_of: Callable[[str, str], Evidence], question: str, there: bool
) -> None:
    text = "# Research\n\nThe research firms by the lake are WuXi AppTec and Brill Sciences."
    assert (asked_of(text, question).confidence >= THRESHOLD) is there


def test_a_list_of_things_that_an_article_never_names_is_hardly_there(
    asked_of: Callable[[str, str], Evidence],
) -> None:
    text = "# Suzhou Industrial Park\n\nMany biotech companies have laboratories in Suzhou Industrial Park."
    plain = asked_of(text, "Do contract research companies have laboratories in Suzhou Industrial Park?")
    listed = asked_of(text, "Which contract research companies have laboratories in Suzhou Industrial Park?")
    assert listed.confidence < plain.confidence


def test_evidence_is_in_order_and_between_0_and_1(gather: Gather) -> None:
    evidence = gather("Which companies are at the hub or in the park?")
    scores = [sentence.score for sentence in evidence.sentences]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in [*scores, evidence.confidence])
    ranks = [ranked.score for ranked in evidence.passages]
    assert ranks == sorted(ranks, reverse=True)


def test_sentences_are_the_articles_own(gather: Gather) -> None:
    for sentence in gather("Which companies are at the hub?").sentences:
        assert sentence.text == sentence.sentence.span.of(sentence.article.text)
        assert sentence.passage.quote(sentence.sentence.span) == sentence.text


def test_a_sentence_tells_which_units_stand_in_it(look: Look, small: Library, analyzer: Analyzer) -> None:
    question, found = look("How many companies does Brightwater host?")
    evidence = Gatherer(small, analyzer).gather(question, found)
    hosts = next(s for s in evidence.sentences if s.text == "The park hosts 340 companies.")
    assert {question.units[place].surface for place in hosts.holds} == {"companies", "host"}


def test_no_candidates_are_no_evidence(look: Look, small: Library, analyzer: Analyzer) -> None:
    question, found = look("Who runs the hub?")
    assert Gatherer(small, analyzer).gather(question, replace(found, candidates=())) == Evidence((), (), 0.0)


def test_a_full_text_index_that_lost_its_rows_ends_no_question(
    library: Library, analyzer: Analyzer, glossary: Glossary
) -> None:
    publish(library, article("# The mill\n\nThe old mill by the lake opened in 2011.", "mill.md"))
    asked = understand("When did the old mill open?", analyzer=analyzer, glossary=glossary)
    retriever = Retriever(library, analyzer)
    found = retriever.retrieve(asked)
    with library._catalogue.write() as connection:
        lexical.delete(connection, lexical.keys(connection))
    evidence = Gatherer(library, analyzer).gather(asked, found)
    assert [sentence.text for sentence in evidence.sentences] == ["The old mill by the lake opened in 2011."]
    retriever.close()


def test_one_article_does_not_crowd_out_the_rest(
    library: Library, embedder: Embedder, analyzer: Analyzer, glossary: Glossary
) -> None:
    harbour = "\n\n".join(f"## Pier {n}\n\n{'The harbour has a long pier for boats. ' * 20}" for n in range(9))
    publish(library, article(f"# Harbour\n\n{harbour}", "harbour.md"), article("The lake has a pier.", "lake.md"))
    retriever = Retriever(library, analyzer)
    question = understand("How long is the harbour pier?", analyzer=analyzer, glossary=glossary)
    evidence = Gatherer(library, analyzer).gather(question, retriever.retrieve(question))
    retriever.close()
    ids = [ranked.article.id for ranked in evidence.passages]
    assert ids.index("lake") == PER_ARTICLE
    assert "lake" in ids
    assert len(ids) <= READ


class TestBetweenSearchAndReading:
    """An ingest may land after the search and before the articles are read."""

    @pytest.fixture
    def found(
        self, library: Library, embedder: Embedder, analyzer: Analyzer, glossary: Glossary
    ) -> tuple[Understood, Found]:
        publish_all(library)
        retriever = Retriever(library, analyzer)
        question = understand("When was the park founded?", analyzer=analyzer, glossary=glossary)
        found = retriever.retrieve(question)
        retriever.close()
        assert found.candidates[0].passage.article_id == "brightwater"
        return question, found

    def test_a_changed_article_is_left_out(
        self, library: Library, analyzer: Analyzer, found: tuple[Understood, Found]
    ) -> None:
        publish(library, article(BRIGHTWATER.replace("2009", "The year 1999"), "brightwater.md"))
        evidence = Gatherer(library, analyzer).gather(*found)
        assert "brightwater" not in {ranked.article.id for ranked in evidence.passages}
        assert evidence.passages

    def test_a_withdrawn_article_is_left_out(
        self, library: Library, analyzer: Analyzer, found: tuple[Understood, Found]
    ) -> None:
        library.withdraw("brightwater")
        evidence = Gatherer(library, analyzer).gather(*found)
        assert "brightwater" not in {ranked.article.id for ranked in evidence.passages}

    def test_an_article_that_only_looks_new_stays(
        self, library: Library, analyzer: Analyzer, found: tuple[Understood, Found]
    ) -> None:
        publish(library, article(BRIGHTWATER.replace("2025-03-04", "2025-03-05"), "brightwater.md"))
        evidence = Gatherer(library, analyzer).gather(*found)
        assert evidence.passages[0].article.published == "2025-03-05"


def test_the_sections_that_number_what_is_asked_for_come_together(asked_of: Callable[[str, str], Evidence]) -> None:
    filling = "The quay of the yard is long, and boats lie there for the winter. " * 30
    text = "# What the yard taught us\n\n" + "".join(
        f"## Lesson {number}: {thing}\n\n{thing.title()} must be looked after.\n\n{filling}\n\n"
        for number, thing in enumerate(("wages", "tools", "ropes"), start=1)
    )
    lead = asked_of(text, "Which lessons did the yard teach?").sentences[0]
    assert lead.text == "Wages must be looked after."
    assert [item.text for item in lead.brings] == ["Tools must be looked after.", "Ropes must be looked after."]
