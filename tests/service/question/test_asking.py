"""What of a text asks, and what only says who asks and what for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.question.asking import asides, asking_part


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        pytest.param("can u tell me when the mill opened?", "when the mill opened?", id="as one types on a phone"),
        pytest.param("Give me a quotable line on harbour rents", "harbour rents", id="a line on something"),
        pytest.param("A quote on mills and yards", "mills and yards", id="a quote on something"),
        pytest.param("I need a quote about why yards close", "why yards close", id="a quote about why"),
        pytest.param("What is a quote for a bench?", "What is a quote for a bench?", id="a quote that is a price"),
        pytest.param("给我一句关于船厂租金的原话", "船厂租金", id="zh a quote on something"),
        pytest.param("Could you tell me when the mill opened?", "when the mill opened?", id="could you tell me"),
        pytest.param("Can someone please remind me who runs the mill", "who runs the mill", id="remind me"),
        pytest.param("I was wondering who runs the mill.", "who runs the mill.", id="wondering"),
        pytest.param("Do we know how many boats the yard has?", "how many boats the yard has?", id="do we know"),
        pytest.param("Any idea where the ferry lands?", "where the ferry lands?", id="any idea"),
        pytest.param(
            "I'm making a slide and need to know when the mill opened.", "when the mill opened.", id="what one is doing"
        ),
        pytest.param("Is there any information on what a berth costs?", "what a berth costs?", id="any information on"),
        pytest.param("Explain how the ferry is paid for", "how the ferry is paid for", id="explain how"),
        pytest.param("Please provide the name of the head", "the name of the head", id="provide the"),
        pytest.param("Our partner asks from which yards it came", "which yards it came", id="asks from which"),
        pytest.param(
            "I'm writing a brief and need the year in which the mill opened",
            "the year in which the mill opened",
            id="what one is doing and needs",
        ),
        pytest.param(
            "I'm drafting a note for a UK investor and would like to quote the number of boats in Ulverby. What is it?",
            "the number of boats in Ulverby",
            id="for whom it is, with a name",
        ),
        pytest.param("I need the names of all tenants", "the names of all tenants", id="I need the"),
        pytest.param("I'd be grateful for the names of all tenants", "the names of all tenants", id="grateful for"),
        pytest.param("give me the address of the yard", "the address of the yard", id="give me the"),
        pytest.param("I'm looking for the rent of a bench", "the rent of a bench", id="looking for the"),
        pytest.param("Would you list the tenants of the yard?", "list the tenants of the yard?", id="a list, bidden"),
        pytest.param("Could you name the two ferries?", "name the two ferries?", id="names, bidden"),
        pytest.param(
            "I'm writing a memo on rents and need to state exactly under which rules it runs, so what are they?",
            "which rules it runs?",
            id="what one needs to state, asked once more",
        ),
        pytest.param(
            "I'm preparing a deck on Chinese yards and need to know who rents that Ulverby mill",
            "who rents that Ulverby mill",
            id="that before a name refers to nothing",
        ),
        pytest.param("Please to inform the date of the fair", "the date of the fair", id="inform the"),
        pytest.param("Please advise on the rents of the yard", "the rents of the yard", id="advise on the"),
        pytest.param("Hi quick one from my phone, who runs it", "who runs it", id="from my phone"),
        pytest.param(
            "How many boats are there? my boss asked n i have no clue", "How many boats are there?", id="a boss"
        ),
        pytest.param(
            "For a slide on human capital I need the names of the schools",
            "the names of the schools",
            id="for a slide on",
        ),
    ],
)
def test_an_indirect_question_is_made_direct(text: str, asks: str) -> None:
    assert asking_part(text) == asks


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        pytest.param("Hi there, who runs the mill?", "who runs the mill?", id="a greeting"),
        pytest.param("Great, and who runs the mill?", "and who runs the mill?", id="praise"),
        pytest.param("Hi Anna, who runs the mill?", "who runs the mill?", id="a greeting with a name"),
        pytest.param("Quick question: who runs the mill?", "who runs the mill?", id="a quick question"),
        pytest.param("ok new topic, who runs the mill?", "who runs the mill?", id="a new topic"),
        pytest.param("Who runs the mill, please?", "Who runs the mill?", id="please, at the end"),
        pytest.param("Who runs the mill? Thanks a lot!", "Who runs the mill?", id="thanks"),
        pytest.param("Who rents benches? Just the names is fine.", "Who rents benches?", id="just the names"),
        pytest.param(
            "For a client call this afternoon - who rents benches?", "who rents benches?", id="what it is for"
        ),
        pytest.param("We're writing to our boss. Who runs the mill?", "Who runs the mill?", id="an aside before it"),
        pytest.param(
            "I was wondering if you know the names of the yards.", "the names of the yards.", id="wondering if you know"
        ),
        pytest.param("Morning Elena, who runs the mill?", "who runs the mill?", id="a short greeting with a name"),
        pytest.param("Hi Dr Patel, who runs the mill?", "who runs the mill?", id="a greeting with a title"),
        pytest.param("Would you mind telling me the rents?", "the rents?", id="would you mind"),
        pytest.param("Name the yards. It's for a briefing note.", "Name the yards.", id="what it is for, behind"),
        pytest.param("Sorry to bother you, but who runs the mill?", "who runs the mill?", id="an apology"),
        pytest.param("The mill is old, right? who runs it", "The mill is old? who runs it", id="a tag"),
        pytest.param("Name the yards. Names only, please", "Name the yards.", id="names only"),
        pytest.param("who runs the mill, in a hurry", "who runs the mill", id="in a hurry"),
        pytest.param("who runs the mill, if the article says so", "who runs the mill", id="if it is said"),
        pytest.param("the rents of the mill, our client asked me", "the rents of the mill", id="who asked"),
        pytest.param("which yards build ferries, can you name them?", "which yards build ferries?", id="name them"),
        pytest.param("who runs the mill? I need the full name.", "who runs the mill?", id="what is needed"),
        pytest.param("the tenants, I need them for a list due today", "the tenants", id="what they are needed for"),
        pytest.param("A colleague asks who runs the mill. Any idea?", "who runs the mill.", id="any idea"),
        pytest.param("who rents benches, give me some examples", "who rents benches", id="give me examples"),
        pytest.param("how far back does it go, i.e. its year of birth?", "how far back does it go?", id="i.e."),
        pytest.param("um, who, er, runs the mill?", "who, runs the mill?", id="fillers"),
        pytest.param("Who heads Brill, the lady who came here?", "Who heads Brill?", id="who is meant, otherwise"),
        pytest.param("what is the meaning of the mill", "what is the meaning of the mill", id="a meaning stays"),
    ],
)
def test_courtesies_are_left_out(text: str, asks: str) -> None:
    assert asking_part(text) == asks


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        pytest.param("请问磨坊是谁管理的？", "磨坊是谁管理的？", id="请问"),
        pytest.param("你好，我想了解一下磨坊的开放时间", "磨坊的开放时间", id="我想了解一下"),
        pytest.param("麻烦告诉我渡轮有多少艘船", "渡轮有多少艘船", id="麻烦告诉我"),
        pytest.param("能否帮我介绍一下磨坊的历史？", "磨坊的历史？", id="能否帮我介绍"),
        pytest.param("磨坊在哪里？谢谢！", "磨坊在哪里？", id="谢谢"),
        pytest.param("请列出所有租户", "列出所有租户", id="what bids a list stays"),
        pytest.param("咱们知道哪些人管理磨坊吗？", "哪些人管理磨坊吗？", id="咱们知道"),
        pytest.param("磨坊有哪些租户，能列一下吗？", "磨坊有哪些租户？", id="能列一下吗"),
        pytest.param("客户想知道文章里说磨坊有哪些租户", "磨坊有哪些租户", id="客户想知道"),
        pytest.param("有没有资料说，磨坊是谁管理的", "磨坊是谁管理的", id="有没有资料说"),
        pytest.param("刚才开会说到磨坊的入口，分别是哪两个？", "磨坊的入口，分别是哪两个？", id="开会说到"),
        pytest.param("听说磨坊有两个入口，分别是什么？", "磨坊有两个入口，分别是什么？", id="听说"),
    ],
)
def test_chinese_courtesies_are_left_out(text: str, asks: str) -> None:
    assert asking_part(text) == asks


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Who runs the mill?", id="a question"),
        pytest.param("磨坊是谁管理的？", id="a Chinese question"),
        pytest.param("能不能带礼物？", id="it asks whether one can"),
        pytest.param("If we visit the yard, how many gifts should we bring?", id="a condition is part of it"),
        pytest.param("We rent a bench in Ulverby. Who runs the mill?", id="an aside with a name stays"),
        pytest.param(
            "A client is choosing a site in Suzhou and asks which CROs are there", id="a name that is referred to"
        ),
        pytest.param("At Brill we meet a yard and need the names of its boats", id="a name that is asked about"),
        pytest.param("What do people who know the mill say?", id="a verb of knowing inside"),
        pytest.param("Describe the ferry", id="a bare order"),
        pytest.param("I noted 9 Dec 2025 but can't remember why", id="a date that is asked about"),
        pytest.param("How do I reach the yard?", id="how do I"),
        pytest.param("Hello?", id="nothing would be left"),
        pytest.param("thanks", id="only thanks"),
    ],
)
def test_what_cannot_be_told_apart_stays(text: str) -> None:
    assert asking_part(text) == text


@given(st.text(max_size=200))
def test_something_to_ask_is_always_left(text: str) -> None:
    assert bool(asking_part(text).strip()) == bool(text.strip())


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        pytest.param("I'm off to Ulverby. Who runs the mill?", ["I'm off to Ulverby."], id="before"),
        pytest.param(
            "Who runs the mill? The Ulverby team wants to know.", ["The Ulverby team wants to know."], id="who wants to"
        ),
        pytest.param("Who runs the mill? Need it for Ulverby.", ["Need it for Ulverby."], id="behind"),
        pytest.param("Who runs the mill - asking for a friend", ["asking for a friend"], id="behind a dash"),
        pytest.param(
            "We were asked to Ulverby and I wonder who runs it",
            ["We were asked to Ulverby and I wonder "],
            id="what leads in",
        ),
        pytest.param(
            "We must write to the head of Ulverby and want it right, so could you give me that person's name?",
            ["We must write to the head of Ulverby and want it right, so "],
            id="what one is about to do",
        ),
        pytest.param(
            "A client asked about Ulverby, and I'd like to give him the names of the mills there",
            ["A client asked about Ulverby, and "],
            id="to whom it will be given",
        ),
        pytest.param(
            "The mill is rented by several schools; I wonder what they are called",
            ["I wonder "],
            id="what it is asked of stays",
        ),
        pytest.param("Ulverby has a mill. Who runs it?", [], id="of the thing"),
        pytest.param("I'm off to Ulverby. We will see the mill.", [], id="nothing asks"),
        pytest.param("I'd guess the mill has ten boats. What's the real figure?", [], id="the figure of what was said"),
        pytest.param("下周去江北，有哪些企业？", ["下周去江北，"], id="Chinese, before"),
        pytest.param("江北有哪些企业，要发给客户", ["要发给客户"], id="Chinese, behind"),
        pytest.param("江北的企业很多，哪家最大？", [], id="Chinese, of the thing"),
        pytest.param("听说江北有两个称号，分别是什么？", [], id="Chinese, what it is asked of stays"),
    ],
)
def test_what_people_say_of_themselves_is_an_aside(text: str, aside: list[str]) -> None:
    assert asides(text) == aside


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        pytest.param("Client call at ten: who runs the mill?", "who runs the mill?", id="before a colon"),
        pytest.param("Fact check for a slide - when did we open?", "when did we open?", id="before a dash"),
        pytest.param(
            "I'm helping a client who wants a bench - who runs the mill?", "who runs the mill?", id="a client who wants"
        ),
        pytest.param("Ulverby's two inlets - what are they exactly?", "Ulverby's two inlets?", id="what they are"),
        pytest.param("Who heads the mill - what is the person's name?", "Who heads the mill?", id="asked once more"),
        pytest.param(
            "The annual report: who wrote it?", "The annual report: who wrote it?", id="it is what is asked of"
        ),
        pytest.param(
            "Ferry timetable: when does the last one go?", "Ferry timetable: when does the last one go?", id="a topic"
        ),
    ],
)
def test_what_is_said_of_ones_work_is_left_out(text: str, asks: str) -> None:
    assert asking_part(text) == asks
