"""The few words that answer: where they are pointed at, and where nothing is better than a guess."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.glossary import Glossary
from corpus.language import Analyzer
from service.answer import Direct
from service.cite import BrokenQuote
from service.compose import compose
from service.question.kinds import Kind
from service.quotes.direct import point_at, verify_direct
from tests.service.reading import asked, page, read


def pointed(question: str, sentence: str, analyzer: Analyzer, glossary: Glossary) -> str | None:
    """What is pointed at in an article that holds another paragraph and then ``sentence``."""
    understood = asked(question, analyzer, glossary)
    found = read(understood, page("Nothing of note.", sentence), analyzer=analyzer)
    best = next(each for each in found.sentences if each.text == sentence)
    place = point_at(understood, best, analyzer)
    return place.of(best.article.text) if place else None


@pytest.mark.parametrize(
    ("question", "sentence", "direct"),
    [
        pytest.param("When did the mill open?", "The mill opened in 2016 beside the river.", "2016", id="year"),
        pytest.param("When did the mill open?", "The mill opened on 4 March 2016.", "4 March 2016", id="day"),
        pytest.param("When did the mill open?", "The mill opened in March 2016.", "March 2016", id="month"),
        pytest.param("When was the mill built?", "The mill was built in the late 1890s.", "late 1890s", id="decade"),
        pytest.param(
            "When was Brill founded?",
            "Norvane Labs, founded in 2011, is the best known firm there.",
            None,
            id="another's date",
        ),
        pytest.param(
            "When did the Brill join ICH?",
            "Norvane joined ICH in 2017, and the Brill became a member in 2022.",
            None,
            id="a clause for each of two names",
        ),
        pytest.param(
            "When was Ulverby Park founded?",
            "Ulverby Park has been a free zone since that zone was founded in August 2019.",
            None,
            id="the date of another thing",
        ),
        pytest.param(
            "When was Ulverby opened?", "Norvane opened an office in Ulverby in 2004.", None, id="done by another there"
        ),
        pytest.param(
            "When was Ulverby bought?", "Norvane bought Ulverby in 2004.", "2004", id="done by another to the one asked"
        ),
        pytest.param(
            "When was Ulverby Mill closed?",
            "Ulverby Mill, which was closed in 2004, is a museum.",
            "2004",
            id="a clause that goes on",
        ),
        pytest.param("When did Norvane open?", "Norvane was listed in 2018.", None, id="another deed"),
        pytest.param("磨坊制度什么时候全国实施？", "2015年，磨坊制度在全国十地试点。", None, id="zh another deed"),
        pytest.param(
            "How many people does Brill employ?",
            "Norvane employs 400 people and Brill 1,200.",
            None,
            id="a number that leaves unsaid what it counts",
        ),
        pytest.param(
            "How many AI devices did the mill buy?",
            "The mill did buy 108 AI devices.",
            "108 AI devices",
            id="all counted",
        ),
        pytest.param("磨坊有多少个设区市？", "磨坊下辖13个设区市。", "13个设区市", id="zh all that is counted"),
        pytest.param("Who runs the mill?", "Ada Brill ran the mill until 2018.", None, id="who did, of who does"),
        pytest.param("Who ran the mill?", "Ada Brill ran the mill until 2018.", "Ada Brill", id="who did, of who did"),
        pytest.param(
            "Who is the CEO of Norvane?",
            "During a visit to Ulverby Mill, Norvane’s CEO Ada Brill saw the looms.",
            "Ada Brill",
            id="whose role stands between two names",
        ),
        pytest.param(
            "What does the mill charge?",
            "The mill charges 2 per cent of a cargo, of those above £3,000 alone.",
            None,
            id="a share and a sum",
        ),
        pytest.param(
            "Which firms are at the mill?",
            "Firms at the mill: Brill opened a works there in the spring of 2004, Norvane followed it to the river.",
            None,
            id="clauses are no items",
        ),
        pytest.param(
            "How many days must Brill and Norvane wait?", "Brill must wait for 60 days.", None, id="one of two"
        ),
        pytest.param(
            "In what century was the mill built?",
            "The mill was built in the 18th century.",
            "18th century",
            id="century",
        ),
        pytest.param(
            "When did the mill close?",
            "The mill opened in 1998, and the mill was made to close in 2016.",
            "2016",
            id="the clause that holds more of the question",
        ),
        pytest.param(
            "In what year did the mill open?",
            "The mill, 1,200 metres long, opened in 2016.",
            "2016",
            id="a length is no year",
        ),
        pytest.param("How many firms rent the mill?", "The mill is rented by 340 firms.", "340 firms", id="count"),
        pytest.param(
            "How many firms rent in the mill?",
            "The mill has 12 storeys in which 340 young firms rent.",
            "340 young firms",
            id="the number before what is counted",
        ),
        pytest.param("How many firms rent?", "Some twenty-two firms rent.", "twenty-two firms", id="spelled out"),
        pytest.param(
            "What share of firms export?", "In all, 12 per cent of the 340 firms export.", "12 per cent", id="share"
        ),
        pytest.param(
            "How much did the mill cost?", "The mill cost $3.5 million and took 4 years.", "$3.5 million", id="money"
        ),
        pytest.param(
            "How long did the mill take to build?", "The mill took four years to build.", "four years", id="duration"
        ),
        pytest.param("How tall is the mill?", "The mill is 32 metres tall.", "32 metres", id="length"),
        pytest.param("How large is the mill?", "The mill is as large as 52 hectares.", "52 hectares", id="area"),
        pytest.param(
            "Who founded the mill?", "The mill was founded by the botanist Marian Okafor.", "Marian Okafor", id="by"
        ),
        pytest.param("Who founded the mill?", "Marian Okafor founded the mill.", "Marian Okafor", id="doer"),
        pytest.param(
            "Who is the director of the mill?",
            "The director, Piers Halloran, runs the mill.",
            "Piers Halloran",
            id="role",
        ),
        pytest.param(
            "Who is the director of the mill?",
            "Piers Halloran, the director of the mill, left.",
            "Piers Halloran",
            id="role after",
        ),
        pytest.param(
            "Who founded the mill?",
            "In Ulverby, the mill was founded by Ada Brill, Ben Colm and Piers Halloran.",
            "Ada Brill, Ben Colm and Piers Halloran",
            id="several doers",
        ),
        pytest.param(
            "Who founded the mill?",
            "In Ulverby, Ada Brill and Piers Halloran founded the mill.",
            "Ada Brill and Piers Halloran",
            id="several before the verb",
        ),
        pytest.param(
            "Which firms rent the mill?",
            "The mill is rented by firms such as Helix, Tessel and Norvane.",
            "Helix, Tessel and Norvane",
            id="list",
        ),
        pytest.param(
            "Which firms rent the mill?",
            "Firms of the mill – including Helix, Tessel, and Norvane – pay little.",
            "Helix, Tessel, and Norvane",
            id="list between dashes",
        ),
        pytest.param("磨坊是哪一年成立的？", "磨坊成立于2012年，由大学管理。", "2012年", id="zh year"),
        pytest.param("磨坊什么时候开放？", "磨坊于2014年3月开放。", "2014年3月", id="zh month"),
        pytest.param("磨坊有多少家企业？", "磨坊内有260家企业。", "260家企业", id="zh count"),
        pytest.param(
            "磨坊出口企业的比例是多少？", "磨坊企业中，出口企业的比例为百分之十二。", "百分之十二", id="zh share"
        ),
        pytest.param("磨坊面积多大？", "磨坊面积三十平方公里。", "三十平方公里", id="zh area"),
        pytest.param(
            "磨坊有哪些企业？",
            "磨坊的企业包括药明康德、北风机器人和海港生物。",
            "药明康德、北风机器人和海港生物",
            id="zh list",
        ),
    ],
)
def test_what_answers_is_pointed_at(
    question: str, sentence: str, direct: str, analyzer: Analyzer, glossary: Glossary
) -> None:
    assert pointed(question, sentence, analyzer, glossary) == direct


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        pytest.param("When did the mill open?", "The mill opened in 1998 or 1999, or in 2001.", id="several years"),
        pytest.param("When in 2016 did the mill open?", "The mill opened in 2016.", id="the question's own year"),
        pytest.param("When did the mill open?", "The yard closed in 2016.", id="about something else"),
        pytest.param("What day did the mill open?", "The mill opened in 2016.", id="not as near as asked"),
        pytest.param(
            "How many firms rent the mill?", "The mill has 12 storeys and firms rent them.", id="other things"
        ),
        pytest.param("How many firms rent?", "In 2016 firms rent more.", id="a year counts nothing"),
        pytest.param("How tall is the mill?", "The mill is 30 to 40 years old and tall.", id="another measure"),
        pytest.param("Who founded the mill?", "Marian Okafor and Piers Halloran met at the mill.", id="nobody founded"),
        pytest.param(
            "Who runs the mill?", "Marian Okafor runs the mill, which Piers Halloran runs too.", id="two persons"
        ),
        pytest.param(
            "Who founded the Mill Society?", "The Mill Society founded a school.", id="the question's own name"
        ),
        pytest.param("Which firms rent the mill?", "The mill was rented to firms in the spring.", id="no list"),
        pytest.param("What does the mill do?", "The mill opened in 2016.", id="no kind of few words"),
        pytest.param("磨坊什么时候成立？", "磨坊1998年成立，2004年重建。", id="zh several years"),
        pytest.param("磨坊有多少家企业？", "磨坊有12层，企业很多。", id="zh other things"),
        pytest.param("磨坊由谁管理？", "磨坊由陈立管理。", id="zh persons are not told from other words"),
    ],
)
def test_what_is_not_plain_is_left_to_the_quote(
    question: str, sentence: str, analyzer: Analyzer, glossary: Glossary
) -> None:
    assert pointed(question, sentence, analyzer, glossary) is None


def test_the_answer_begins_with_it(analyzer: Analyzer, glossary: Glossary) -> None:
    question = asked("When did the mill open?", analyzer, glossary)
    source = page("The mill is old.", "The mill opened in 2016.", title="The mill")
    found = read(question, source, analyzer=analyzer)
    best = next(s for s in found.sentences if "2016" in s.text)
    found = replace(found, sentences=(replace(best, score=0.95), *(s for s in found.sentences if s != best)))
    composed = compose([(found, question)], analyzer)
    assert "".join(composed.pieces).startswith("2016 [1]\n\nFrom “The mill”, January 2025:")
    direct = composed.direct
    assert direct is not None
    assert source.text[direct.start : direct.end] == direct.text == "2016"
    cited = composed.book.citations[direct.citation - 1]
    assert cited.start <= direct.start < direct.end <= cited.end
    verify_direct(direct, composed.book.citations)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"text": "2017"}, id="other words"),
        pytest.param({"start": 1}, id="another place"),
        pytest.param({"citation": 2}, id="another quote"),
    ],
)
def test_words_that_are_not_in_the_quote_are_not_sent(
    change: dict[str, str | int], analyzer: Analyzer, glossary: Glossary
) -> None:
    question = asked("When did the mill open?", analyzer, glossary)
    composed = compose([(read(question, page("The mill opened in 2016."), analyzer=analyzer), question)], analyzer)
    assert composed.direct is not None
    wrong: Direct = replace(composed.direct, **change)  # type: ignore[arg-type]
    with pytest.raises(BrokenQuote):
        verify_direct(wrong, composed.book.citations)


@given(
    text=st.text(
        st.sampled_from("The mill opened in 2016, by Ada Lee and 12 firms. 磨坊有三家企业，"), min_size=5, max_size=80
    ),
    kind=st.sampled_from(Kind),
)
def test_whatever_the_text_it_is_the_articles_own(
    text: str, kind: Kind, analyzer: Analyzer, glossary: Glossary
) -> None:
    question = replace(asked("When did 12 firms open the mill by Lee? 磨坊有多少企业", analyzer, glossary), kind=kind)
    for sentence in read(question, page(f"{text} The yard."), analyzer=analyzer).sentences:
        place = point_at(question, sentence, analyzer)
        assert place is None or place.of(sentence.article.text) in sentence.text
