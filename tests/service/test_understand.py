"""What a question asks, what it names, and what a follow-up refers to."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.glossary import Glossary
from corpus.language import Analyzer
from service.answer import Turn
from service.question.kinds import Kind
from service.question.units import LIGHT_WEIGHT, ROLE_WEIGHT
from service.understand import Understood
from tests.service.reading import understand

Read = Callable[..., Understood]


@pytest.fixture(scope="module")
def read(analyzer: Analyzer, glossary: Glossary) -> Read:
    """Understand a question that comes after these questions of the same person."""

    def read(question: str, *before: str | Turn) -> Understood:
        history = [Turn("user", turn) if isinstance(turn, str) else turn for turn in before]
        return understand(question, history=history, analyzer=analyzer, glossary=glossary)

    return read


def names_of(understood: Understood) -> set[str]:
    return {unit.surface for unit in understood.units if unit.name}


def surfaces(understood: Understood) -> list[str]:
    return [unit.surface for unit in understood.units]


@pytest.mark.parametrize(
    ("question", "language", "kind"),
    [
        pytest.param("When did the mill open?", "en", Kind.WHEN, id="en when"),
        pytest.param("磨坊是哪一年开放的？", "zh", Kind.WHEN, id="zh when"),
        pytest.param("Who runs the mill?", "en", Kind.WHO, id="en who"),
        pytest.param("谁管理磨坊？", "zh", Kind.WHO, id="zh who"),
        pytest.param("How many boats has the ferry?", "en", Kind.QUANTITY, id="en quantity"),
        pytest.param("渡轮有多少艘船？", "zh", Kind.QUANTITY, id="zh quantity"),
        pytest.param("Where is the mill?", "en", Kind.WHERE, id="en where"),
        pytest.param("磨坊在哪里？", "zh", Kind.WHERE, id="zh where"),
        pytest.param("Why did the yard close?", "en", Kind.WHY, id="en why"),
        pytest.param("船厂为什么关闭？", "zh", Kind.WHY, id="zh why"),
        pytest.param("Which firms rent a bench?", "en", Kind.LIST, id="en list"),
        pytest.param("有哪些公司租用？", "zh", Kind.LIST, id="zh list"),
        pytest.param("湖区有几家船厂，具体是哪些？", "zh", Kind.LIST, id="zh list behind a number"),
        pytest.param("What CRO firms can be found there?", "en", Kind.LIST, id="en list of what can be found"),
        pytest.param("the 2 names that the mill has", "en", Kind.LIST, id="en list of a number"),
        pytest.param("Who are the main tenants of the yard?", "en", Kind.LIST, id="en list of those who"),
        pytest.param("Who are you?", "en", Kind.WHO, id="en who of one"),
        pytest.param("And by whom was it built, and who runs it?", "en", Kind.WHO, id="en by whom"),
        pytest.param("In which year and by whom was it built?", "en", Kind.WHEN, id="en the first of two"),
        pytest.param("What is the name of the firm who runs it?", "en", Kind.WHO, id="en whose name"),
        pytest.param("What do the people who rent benches make?", "en", Kind.OTHER, id="en who says only which ones"),
        pytest.param("Please list firms near the mill", "en", Kind.LIST, id="en list, bidden"),
        pytest.param("What is the name of the mill?", "en", Kind.OTHER, id="en a name is no list"),
        pytest.param("附近有哪几家公司？", "zh", Kind.LIST, id="zh list by a measure word"),
        pytest.param("附近有几家公司？", "zh", Kind.QUANTITY, id="zh quantity by a measure word"),
        pytest.param("What is the difference between a mill and a yard?", "en", Kind.COMPARISON, id="en comparison"),
        pytest.param("磨坊和船厂有什么区别？", "zh", Kind.COMPARISON, id="zh comparison"),
        pytest.param("What does CRO stand for?", "en", Kind.DEFINITION, id="en definition"),
        pytest.param("什么是CRO？", "zh", Kind.DEFINITION, id="zh definition"),
        pytest.param("How is the ferry paid for?", "en", Kind.HOW, id="en how"),
        pytest.param("渡轮如何运营？", "zh", Kind.HOW, id="zh how"),
        pytest.param("Is the ferry free?", "en", Kind.YES_NO, id="en yes or no"),
        pytest.param("渡轮免费吗？", "zh", Kind.YES_NO, id="zh yes or no"),
        pytest.param("ferry fares", "en", Kind.OTHER, id="a few words"),
        pytest.param("Who is Ines Castellano?", "en", Kind.DEFINITION, id="en who somebody is"),
        pytest.param("Who is the director?", "en", Kind.WHO, id="en who has a role"),
        pytest.param("Who is CEO?", "en", Kind.WHO, id="en who has a role in capitals"),
        pytest.param("Who is President?", "en", Kind.WHO, id="en who has a role with a capital"),
        pytest.param("院长是谁？", "zh", Kind.WHO, id="zh who has a role"),
        pytest.param("陈立是谁？", "zh", Kind.DEFINITION, id="zh who somebody is"),
        pytest.param("main reason tenants leave?", "en", Kind.WHY, id="en a reason"),
        pytest.param("什么叫渡轮？", "zh", Kind.DEFINITION, id="zh what is called"),
        pytest.param("the year in which the mill opened", "en", Kind.WHEN, id="en the year"),
        pytest.param("Year of establishment of the mill", "en", Kind.WHEN, id="en year of"),
        pytest.param("磨坊的成立时间", "zh", Kind.WHEN, id="zh the time of founding"),
        pytest.param("the name of the head of the yard", "en", Kind.WHO, id="en a name of one"),
        pytest.param("Name the mill's director", "en", Kind.WHO, id="en name one"),
        pytest.param("磨坊的管理者是哪一位？", "zh", Kind.WHO, id="zh which person"),
        pytest.param("the names of all tenants", "en", Kind.LIST, id="en names of many"),
        pytest.param("Which 2 ferries run?", "en", Kind.LIST, id="en two, in a digit"),
        pytest.param("What pair of ferries runs?", "en", Kind.LIST, id="en a pair"),
        pytest.param("磨坊有哪两个租户？", "zh", Kind.LIST, id="zh which two"),
        pytest.param("租户都有谁？", "zh", Kind.LIST, id="zh who all"),
        pytest.param("列一下租户", "zh", Kind.LIST, id="zh list, bidden"),
        pytest.param("磨坊的租户数量", "zh", Kind.QUANTITY, id="zh the number of"),
        pytest.param("What will the new mill cost?", "en", Kind.QUANTITY, id="en what it will cost"),
        pytest.param("What's the average salary there?", "en", Kind.QUANTITY, id="en what, shortened"),
        pytest.param("Calder turnover last year?", "en", Kind.QUANTITY, id="en a measure in a few words"),
        pytest.param("Where is the lowest rent?", "en", Kind.WHERE, id="en a measure that says which one"),
        pytest.param("Calder director?", "en", Kind.WHO, id="en a role in a few words"),
        pytest.param("name of the vice-chancellor", "en", Kind.WHO, id="en the name of a role"),
        pytest.param("Who is Norvane's COO?", "en", Kind.WHO, id="en who has a post of a firm"),
        pytest.param("Which company built Lakes Mill?", "en", Kind.WHO, id="en which company"),
        pytest.param("which CROs operate in Calder?", "en", Kind.LIST, id="en many, by an abbreviation"),
        pytest.param("calder mill - name of the director", "en", Kind.WHO, id="en the name of a role, behind a dash"),
        pytest.param("calder tenants list", "en", Kind.LIST, id="en a list, in a search box"),
        pytest.param("What do tenants pay for?", "en", Kind.OTHER, id="en what is paid for"),
        pytest.param("院长叫什么名字？", "zh", Kind.WHO, id="zh how somebody with a post is called"),
        pytest.param("磨坊叫什么？", "zh", Kind.OTHER, id="zh how a thing is called"),
        pytest.param("Compare the mill and the yard", "en", Kind.COMPARISON, id="en comparison, bidden"),
        pytest.param("Who can apply for a berth?", "en", Kind.OTHER, id="en who is let in"),
        pytest.param("who would count as a tenant", "en", Kind.OTHER, id="en who counts as one"),
        pytest.param("salary of a clerk", "en", Kind.QUANTITY, id="en a sum, no question word"),
        pytest.param("磨坊2023年营收", "zh", Kind.QUANTITY, id="zh a sum, no question word"),
        pytest.param("磨坊和船厂各自的优势是什么", "zh", Kind.COMPARISON, id="zh the strengths of each"),
        pytest.param("What was the exact date of the fair?", "en", Kind.WHEN, id="en the exact date"),
        pytest.param("what's the rate of the levy?", "en", Kind.QUANTITY, id="en the rate of something"),
        pytest.param("What was the empty old mill vacancy rate?", "en", Kind.QUANTITY, id="en the rate of much"),
        pytest.param("what's the tally of boats?", "en", Kind.QUANTITY, id="en the tally"),
        pytest.param("It has ten boats or so. What's the real figure?", "en", Kind.QUANTITY, id="en the figure"),
        pytest.param("A list of the boats in the yard", "en", Kind.LIST, id="en a list of"),
        pytest.param("K字签证实施日期", "zh", Kind.WHEN, id="zh the date of its beginning"),
        pytest.param("船是哪个厂家的？", "zh", Kind.WHO, id="zh which firm"),
        pytest.param("磨坊的联络人叫什么？", "zh", Kind.WHO, id="zh what somebody is called"),
        pytest.param("磨坊这几年最大的收获是什么？", "zh", Kind.OTHER, id="zh of these few years"),
        pytest.param("磨坊为什么用了几十年？", "zh", Kind.WHY, id="zh tens of years"),
        pytest.param("磨坊用了几年？", "zh", Kind.QUANTITY, id="zh how many years"),
        pytest.param("总部在哪座城市？", "zh", Kind.WHERE, id="zh which town"),
        pytest.param("until when did it run?", "en", Kind.WHEN, id="en until when"),
        pytest.param("Calder's helm: what's the name of the top person?", "en", Kind.WHO, id="en behind a colon"),
        pytest.param("could you give me that person's name?", "en", Kind.WHO, id="en that person's name"),
        pytest.param("Whom could we approach in Calder?", "en", Kind.LIST, id="en whom"),
    ],
)
def test_language_and_kind(read: Read, question: str, language: str, kind: Kind) -> None:
    understood = read(question)
    assert (understood.language, understood.kind) == (language, kind)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        pytest.param("What did the Brightwater park pay in 2019?", {"Brightwater", "2019"}, id="a capital and a year"),
        pytest.param("is NATO in the park", {"NATO"}, id="all capitals"),
        pytest.param("what happened in suzhou", {"suzhou"}, id="a place of the glossary, in small letters"),
        pytest.param("苏州有多少家企业？", {"苏州"}, id="a place of the glossary, in Chinese"),
        pytest.param("Boats are moored where?", set(), id="the capital that begins a question"),
        pytest.param("which CROs are there", set(), id="a term is no name"),
    ],
)
def test_names(read: Read, question: str, named: set[str]) -> None:
    assert names_of(read(question)) == named


def test_words_that_only_ask_are_no_units(read: Read) -> None:
    assert surfaces(read("What are the fares of the ferry, please?")) == ["fares", "ferry"]
    assert surfaces(read("请问渡轮的票价是多少？")) == ["渡轮", "票价"]
    assert read("what is the of?").units == ()


@pytest.mark.parametrize(
    ("question", "weights"),
    [
        pytest.param(
            "Which boats operate on the lake?", {"boats": 1.0, "operate": LIGHT_WEIGHT, "lake": 1.0}, id="a light verb"
        ),
        pytest.param(
            "Boats operating there carry trout", {"operating": LIGHT_WEIGHT, "carry": LIGHT_WEIGHT}, id="in any form"
        ),
        pytest.param("Who owns Carry House?", {"Carry": 1.0}, id="a name is none"),
        pytest.param("Who operates the main ferry?", {"operates": ROLE_WEIGHT}, id="more where a person is asked for"),
        pytest.param("Who runs the main ferry?", {"main": LIGHT_WEIGHT}, id="but not what only says which"),
        pytest.param("渡轮现在谁负责？", {"负责": 1.0, "现在": LIGHT_WEIGHT}, id="zh who is in charge"),
        pytest.param("How large is the lake?", {"lake": 1.0}, id="a measure is no unit"),
        pytest.param("whats the mill's purpose", {"mill's": 1.0, "purpose": 1.0}, id="no apostrophe"),
        pytest.param("Who owns the mill?", {"owns": 1.0, "mill": 1.0}, id="owns is no own"),
        pytest.param(
            "Where is the old Ulverby area?", {"Ulverby": 1.0, "area": LIGHT_WEIGHT}, id="an area by its name"
        ),
        pytest.param("What is the area of Ulverby?", {"Ulverby": 1.0, "area": 1.0}, id="an area that is asked for"),
        pytest.param("Who runs this park?", {"park": LIGHT_WEIGHT}, id="what is pointed at"),
        pytest.param("Compare the mill with the yard", {"Compare": LIGHT_WEIGHT, "mill": 1.0}, id="what compares"),
        pytest.param("Are there 60 boats?", {"60": LIGHT_WEIGHT, "boats": 1.0}, id="the number of a yes or no"),
        pytest.param("Isn't the mill old?", {"mill": 1.0}, id="a denial is none"),
        pytest.param("How gloomy is the lake?", {"gloomy": 1.0, "lake": 1.0}, id="another adjective is one"),
    ],
)
def test_weights(read: Read, question: str, weights: dict[str, float]) -> None:
    found = {unit.surface: unit.weight for unit in read(question).units}
    assert weights.items() <= found.items()
    assert "large" not in found


def test_a_term_is_one_unit_with_its_other_names(read: Read) -> None:
    (unit,) = read("contract research organisation?").units
    assert unit.surface == "contract research organisation"
    assert ("cro",) in unit.others
    assert unit.own not in unit.others
    (short,) = read("CRO?").units
    assert unit.own in short.others


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        pytest.param("Which CROs run a contract research site?", {"CROs", "contract research"}, id="short and long"),
        pytest.param("which cros are there", {"cros"}, id="careless"),
        pytest.param("What is the purpose of the hospital?", set(), id="ordinary words with synonyms"),
        pytest.param("What is in Suzhou?", {"Suzhou"}, id="a name"),
        pytest.param("合同研究组织在哪里？", {"合同研究组织"}, id="Chinese"),
    ],
)
def test_terms_are_told_from_ordinary_words(read: Read, question: str, terms: set[str]) -> None:
    assert {unit.surface for unit in read(question).units if unit.term} == terms


@pytest.mark.parametrize(
    ("question", "unit", "there"),
    [
        pytest.param("What does the WHO say?", "WHO", True, id="a name in capitals"),
        pytest.param("Who says so?", "Who", False, id="the word"),
        pytest.param("WHO SAYS SO?", "WHO", False, id="where all is in capitals"),
    ],
)
def test_small_words_in_capitals_are_names(read: Read, question: str, unit: str, there: bool) -> None:
    assert (unit in surfaces(read(question))) is there


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        pytest.param("who runs the mill", "who runs the mill?", id="without a mark"),
        pytest.param("Who runs the mill?", "Who runs the mill?", id="with one"),
        pytest.param("磨坊在哪里？", "磨坊在哪里？", id="a Chinese one"),
        pytest.param("The rent of a bench.", "The rent of a bench?", id="another mark"),
        pytest.param("Could you tell me who runs the mill", "who runs the mill?", id="what of it asks"),
        pytest.param(
            "My boss visits Ulverby. Which ones are there?",
            "My boss visits Ulverby. Which ones are there?",
            id="all of it, where what asks names nothing",
        ),
    ],
)
def test_the_model_is_asked_a_question(read: Read, question: str, asked: str) -> None:
    assert read(question).spelt_out == asked


@pytest.mark.parametrize(
    ("question", "names"),
    [
        pytest.param("Who runs Isomorphic Labs?", {"Isomorphic", "Labs"}, id="a term that is part of a name"),
        pytest.param("Which labs are in Ulverby?", {"Ulverby"}, id="the term itself"),
        pytest.param("How much did the Series A bring?", {"Series A"}, id="a letter behind a name"),
        pytest.param("How long does a Phase III trial take?", {"Phase III"}, id="a numeral behind a name"),
        pytest.param("What did Halcyon and I see?", {"Halcyon"}, id="I is no numeral"),
        pytest.param("Who makes QX-117?", {"QX-117"}, id="a number behind a hyphen"),
        pytest.param("磨坊A轮融资多少？", {"A"}, id="a letter before a Chinese word"),
    ],
)
def test_what_is_part_of_a_name(read: Read, question: str, names: set[str]) -> None:
    assert names_of(read(question)) == names


@pytest.mark.parametrize(
    ("question", "light"),
    [
        pytest.param("Which CRO firms work in Ulverby?", "firms", id="firms behind a term"),
        pytest.param("江北有哪些CRO公司？", "公司", id="Chinese"),
        pytest.param("What has the Ulverby area?", "area", id="area behind a name"),
        pytest.param("Which boats lie in the Ulverby zone?", "zone", id="zone behind a name"),
        pytest.param("Who rents benches in the old Ulverby boat park?", "park", id="a park with a name in it"),
        pytest.param("How many boat builders does the park host?", "park", id="the park, beside enough else"),
    ],
)
def test_a_word_for_the_sort_says_nothing_more(read: Read, question: str, light: str) -> None:
    assert {unit.surface: unit.heavy for unit in read(question).units}[light] is False


def test_firms_alone_are_what_is_asked_for(read: Read) -> None:
    assert {unit.surface: unit.heavy for unit in read("Which firms work in Ulverby?").units}["firms"] is True


@pytest.mark.parametrize(
    ("question", "left_out"),
    [
        pytest.param("How many boats run these days?", "days", id="these days"),
        pytest.param("What does the article on mills say about boats?", "mills", id="the article that says it"),
        pytest.param("Which firms can be found over in Ulverby?", "found", id="found over in"),
        pytest.param("Which 2 ferries run?", "2", id="how many are asked for"),
        pytest.param("How big is it in terms of boats?", "terms", id="in terms of"),
        pytest.param("What I'd like", "I'd", id="a contraction"),
        pytest.param("Are there at least 500 boats?", "500", id="the bound of a yes or no"),
        pytest.param("Was the mill there before 2015?", "2015", id="a year as a bound"),
        pytest.param("湖上有超过500条船吗？", "500", id="zh a bound"),
        pytest.param("What question does the author put?", "author", id="who wrote it"),
        pytest.param("mill vs yard", "vs", id="versus"),
        pytest.param("How large is the lake in sq km?", "km", id="the unit to tell it in"),
        pytest.param("Which mills does it say that your piece names?", "piece", id="your piece names"),
        pytest.param("Which boats ply the lake your director visited?", "director", id="where you were"),
        pytest.param("The mill is said to be run by a school", "said", id="what is said"),
        pytest.param("Whom could we approach in Ulverby?", "approach", id="whom one may approach"),
        pytest.param("请提供湖区人口数据。", "数据", id="zh figures"),
        pytest.param("湖区的船到底是哪四条？", "四条", id="zh how many are asked for"),
        pytest.param("What happened to Norvane next?", "next", id="next"),
        pytest.param("what boats r there", "r", id="a word of one letter"),
        pytest.param("it has boats or something, which?", "something", id="or something"),
        pytest.param("Which yards in Ulverby could my client go to?", "client", id="who goes there"),
        pytest.param("在湖区找船的话，有谁？", "的话", id="zh if"),
        pytest.param("How are the boats described as being built?", "described", id="described as being"),
        pytest.param("Which boats does the author see as old?", "see", id="what the author sees"),
        pytest.param("Which is older, in the author's comparison?", "comparison", id="the author's comparison"),
    ],
)
def test_idle_words_are_left_out(read: Read, question: str, left_out: str) -> None:
    assert left_out not in surfaces(read(question))


def test_figures_that_are_asked_for_stay(read: Read) -> None:
    assert "数据" in surfaces(read("湖区有哪些数据"))


def test_beside_what_asks_no_letter_of_a_word_is_one(read: Read) -> None:
    assert surfaces(read("How many boats are in Ulverby? I need it for client N.")) == ["boats", "Ulverby"]


def test_a_number_that_is_asked_for_stays(read: Read) -> None:
    assert "500" in surfaces(read("Which yard built at least 500 boats?"))


def test_a_word_said_twice_is_one_unit(read: Read) -> None:
    assert surfaces(read("Is the ferry the only ferry?")).count("ferry") == 1


@pytest.mark.parametrize(
    ("question", "spelt_out"),
    [
        pytest.param("Is Norvane a CRO?", "Is Norvane a CRO (contract research organisation)?", id="an abbreviation"),
        pytest.param("CDMO or CRO?", None, id="two of them"),
        pytest.param("Is Norvane busy?", "Is Norvane busy?", id="none"),
    ],
)
def test_abbreviations_are_spelt_out_for_the_model(read: Read, question: str, spelt_out: str | None) -> None:
    both = "CDMO (contract development and manufacturing organisation) or CRO (contract research organisation)?"
    understood = read(question)
    assert understood.spelt_out == (both if spelt_out is None else spelt_out)
    assert understood.text == question


@pytest.mark.parametrize(
    ("question", "before", "holds", "lacks"),
    [
        pytest.param(
            "and in Suzhou?",
            "Which CROs operate in Jiangbei?",
            ("CROs", "operate", "Suzhou"),
            "Jiangbei",
            id="en place",
        ),
        pytest.param("苏州呢？", "江北有哪些CRO？", ("CRO", "苏州", "哪些"), "江北", id="zh place"),
        pytest.param("那么剑桥呢？", "江北有多少企业？", ("剑桥", "企业", "多少"), "江北", id="zh place before a term"),
        pytest.param(
            "when was it founded?",
            "What is the Brightwater Science Park?",
            ("Brightwater Science Park", "founded"),
            " it ",
            id="it",
        ),
        pytest.param("它是什么时候成立的？", "江北新区是什么？", ("江北新区", "成立"), "它", id="zh it"),
        pytest.param("上述公司呢？", "药明康德在哪里？", ("药明康德",), "上述", id="zh the above company"),
        pytest.param(
            "Who is their director?", "Where is Norvane Labs?", ("Norvane Labs's", "director"), "their", id="their"
        ),
        pytest.param(
            "What about its population?",
            "What is the Calder Valley Hub?",
            ("Calder Valley Hub", "population"),
            " its ",
            id="a pronoun beside a term",
        ),
        pytest.param(
            "该园区有多少家企业？", "临港创新谷在哪里？", ("临港创新谷", "企业", "多少"), "该", id="zh this park"
        ),
    ],
)
def test_follow_ups(read: Read, question: str, before: str, holds: Sequence[str], lacks: str) -> None:
    understood = read(question, before)
    assert understood.asked == question
    assert all(part in understood.text for part in holds), understood.text
    assert lacks not in understood.text


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("What does Norvane Labs do?", id="about something else"),
        pytest.param("Which boats did the yard build?", id="no name at all"),
        pytest.param("青岚实验室在哪里？", id="zh"),
        pytest.param("And how many companies does the Calder Valley Hub host?", id="begins with and"),
    ],
)
def test_a_whole_question_stands_as_it_is(read: Read, question: str) -> None:
    assert read(question, "Who runs the Brightwater Science Park?").text == question


def test_without_earlier_questions_nothing_is_put_in(read: Read) -> None:
    assert read("and in Suzhou?").text == "and in Suzhou?"
    assert read("when was it founded?", Turn("assistant", "The Hub opened in 2016."), "  ").text == (
        "when was it founded?"
    )


def test_follow_ups_of_follow_ups(read: Read) -> None:
    understood = read("and in Cambridge?", "Which CROs operate in Jiangbei?", "and in Suzhou?")
    assert understood.text == "Which CROs operate in Cambridge?"


def test_a_long_conversation_is_read_from_its_end(read: Read) -> None:
    turns = [Turn(role, f"What is Place{n}?") for n in range(60) for role in ("user", "assistant")]
    assert read("when was it founded?", *turns).text == "when was Place59 founded?"


@given(
    question=st.text(min_size=1, max_size=80),
    before=st.lists(st.text(max_size=60), max_size=4),
)
def test_any_text_is_understood(read: Read, question: str, before: list[str]) -> None:
    understood = read(question, *before)
    assert understood.asked == question
    assert all(0 < unit.weight <= 1 and unit.own for unit in understood.units)
    assert len({unit.own for unit in understood.units}) == len(understood.units)
