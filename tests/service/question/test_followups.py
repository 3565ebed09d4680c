"""Conversations: what a follow-up takes from the turns before it, and which questions stand as they are."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.glossary import Glossary
from corpus.language import Analyzer
from service.answer import Turn
from service.question.followups import FollowUps

HUB_ANSWER = (
    "Ines Castellano [1]\n\nFrom “What the Calder Valley Hub does differently”, November 2024: "
    "“The hub is run by Ines Castellano, a former surgeon.” [1]"
)
FOUNDRY_ANSWER = "From “Who prints what”, May 2025: “Helix Foundry prints artificial tissue for hospitals.” [1]"


@pytest.fixture(scope="module")
def follow_ups(glossary: Glossary, analyzer: Analyzer) -> FollowUps:
    return FollowUps(glossary, analyzer)


def conversation(turns: tuple[str, ...]) -> list[Turn]:
    """Turns of a person; one that begins with ">" is the assistant's."""
    return [Turn("assistant", turn[1:]) if turn.startswith(">") else Turn("user", turn) for turn in turns]


@pytest.mark.parametrize(
    ("before", "question", "understood"),
    [
        pytest.param(
            ("Which CROs operate in Jiangbei?",), "and in Suzhou?", "Which CROs operate in Suzhou?", id="another place"
        ),
        pytest.param(
            ("How many firms does Jiangbei host?",),
            "What about Suzhou?",
            "How many firms does Suzhou host?",
            id="what about",
        ),
        pytest.param(("What is BioBAY?",), "When was it founded?", "When was BioBAY founded?", id="it"),
        pytest.param(("What is BioBAY?",), "who runs it?", "who runs BioBAY?", id="it at the end"),
        pytest.param(("Where is BioBAY?",), "and its population?", "BioBAY's population?", id="and its"),
        pytest.param(
            ("Which CROs operate in Jiangbei?",),
            "who runs it?",
            "who runs Jiangbei?",
            id="it is the place, not the term",
        ),
        pytest.param(
            ("Which CROs operate in Jiangbei?",),
            "Where are they based?",
            "Where are the CROs in Jiangbei based?",
            id="they are the term",
        ),
        pytest.param(
            ("Which CROs operate in Jiangbei?",),
            "how many of them?",
            "How many CROs operate in Jiangbei?",
            id="how many of them",
        ),
        pytest.param(
            ("Does the mill charge rent?",), "why?", "Why does the mill charge rent?", id="why, after yes or no"
        ),
        pytest.param(("When did the mill close?",), "Why?", "Why did the mill close?", id="why, after when"),
        pytest.param(("Does the mill charge rent?",), "why not?", "Why not does the mill charge rent?", id="why not"),
        pytest.param(("Is the mill open?",), "since when?", "Since when is the mill open?", id="since when"),
        pytest.param(("Who founded the mill?",), "when?", "When: Who founded the mill?", id="when, after who"),
        pytest.param(
            ("What did Norvane earn in 2023?",), "what about 2024?", "What did Norvane earn in 2024?", id="another year"
        ),
        pytest.param(
            ("Where do Norvane Labs and Tessel Optics rent?",),
            "When did they move in?",
            "When did Norvane Labs and Tessel Optics move in?",
            id="they are two",
        ),
        pytest.param(
            ("Who runs the hub in the mill?", ">" + HUB_ANSWER),
            "When was she born?",
            "When was Ines Castellano born?",
            id="she is the answer",
        ),
        pytest.param(
            ("Who runs the Calder Valley Hub?", ">" + HUB_ANSWER),
            "How many firms does it host?",
            "How many firms does Calder Valley Hub host?",
            id="it is the question's name, not the answer's",
        ),
        pytest.param(
            ("which firm prints artificial tissue?", ">" + FOUNDRY_ANSWER),
            "Where is it?",
            "Where is Helix Foundry?",
            id="the question named nothing, the answer did",
        ),
        pytest.param(
            ("What is BioBAY?",),
            "How many firms are there?",
            "How many firms are there in BioBAY?",
            id="there",
        ),
        pytest.param(("Where is BioBAY?",), "Is Suzhou larger than it?", "Is Suzhou larger than BioBAY?", id="than it"),
        pytest.param(
            ("What is BioBAY?",), "How much did that company raise?", "How much did BioBAY raise?", id="that company"
        ),
        pytest.param(
            ("What is BioBAY?", "When was it founded?"),
            "By whom was it paid for?",
            "By whom was BioBAY paid for?",
            id="through two turns",
        ),
        pytest.param(
            ("How long does a visa for China take with the Calder Office?",),
            "and in Suzhou?",
            "How long does a visa for China take in Suzhou?",
            id="in a place, instead of with an office",
        ),
        pytest.param(
            ("When was the Suzhou Free Trade Zone created?",),
            "and the Jiangbei one?",
            "When was the Jiangbei Free Trade Zone created?",
            id="another one of the same sort",
        ),
        pytest.param(
            ("How many people work in biotech in Suzhou?",),
            "and in finance?",
            "How many people work in finance in Suzhou?",
            id="another common thing, by its preposition",
        ),
        pytest.param(
            ("What share do universities take in spin-outs?",),
            "and for software?",
            "What share do universities take in spin-outs, for software?",
            id="another common thing",
        ),
        pytest.param(
            ("Which firms rent in BioBAY?",),
            "only the foreign ones",
            "Which firms rent in BioBAY, only the foreign ones?",
            id="fewer of them",
        ),
        pytest.param(
            ("Which firms rent in BioBAY?",),
            "any others nearby?",
            "Which firms rent in BioBAY, any others nearby?",
            id="more of them",
        ),
        pytest.param(
            ("Who runs BioBAY?",), "no, I meant Zhangjiang", "Who runs Zhangjiang?", id="what was meant instead"
        ),
        pytest.param(("Who runs BioBAY?",), "Zhangjiang?", "Who runs Zhangjiang?", id="a name alone"),
        pytest.param(
            ("Who runs BioBAY?",),
            "what about Zhangjiang, when did it open?",
            "when did Zhangjiang open?",
            id="another topic, and a question on it",
        ),
        pytest.param(
            ("Who runs BioBAY?", ">Ada Brill [1]", "thanks!", ">Ask something about the articles."),
            "when did it open?",
            "when did BioBAY open?",
            id="thanks in between",
        ),
        pytest.param(
            ("Who runs BioBAY?", ">Dr Ada Brill has run it. [1]", "when did she take over?", ">In 2019 [1]"),
            "how many people work there?",
            "how many people work in BioBAY?",
            id="there, behind a question on somebody",
        ),
        pytest.param(
            ("Who chairs BioBAY?", ">Dr Ada Brill chairs it. [1]", "since when?", ">In 2019 it began. [1]"),
            "and why did she leave?",
            "why did Ada Brill leave?",
            id="she, two turns later",
        ),
        pytest.param(
            ("What's the weather in BioBAY?", ">This is not in the articles."),
            "how far is it from Shanghai",
            "how far is BioBAY from Shanghai",
            id="what's is no name",
        ),
        pytest.param(
            ("Who runs BioBAY?", ">BioBAY's CEO, Ada Brill, has run it. [1]"),
            "when did she take over?",
            "when did Ada Brill take over?",
            id="an office is nobody's name",
        ),
        pytest.param(
            ("What is BioBAY?", ">A park. [1]", "and Zhangjiang?", ">Another. [1]"),
            "what's the difference?",
            "what's the difference? (BioBAY and Zhangjiang)",
            id="the difference of the last two",
        ),
        pytest.param(
            ("BioBAY哪年启用？", ">2007年 [1]", "张江呢？", ">1992年 [1]"),
            "它们有什么区别？",
            "BioBAY和张江有什么区别？",
            id="zh the difference of the last two",
        ),
        pytest.param(
            ("What is the rent in BioBAY?", ">62 yuan [1]"),
            "and in English please",
            "What is the rent in BioBAY?",
            id="the same in English",
        ),
        pytest.param(
            ("Who runs BioBAY?", ">This is not in the articles. The nearest articles: “The Old Mill”."),
            "when did it open?",
            "when did BioBAY open?",
            id="no name of an answer that there was not",
        ),
        pytest.param(
            ("What is the oldest science park in Suzhou?", ">“Brill Science Park opened in 1970.” [1]"),
            "who founded it",
            "who founded Brill Science Park",
            id="the answer is of the sort asked for",
        ),
        pytest.param(
            (
                "Which firms came from the lab?",
                ">“Norvane Labs, founded in 1989, makes sensors.” “Tessel was sold.” [1]",
            ),
            "who bought the second one",
            "who bought Tessel",
            id="the second of what the quotes begin with",
        ),
        pytest.param(
            ("Which CROs are there?", ">“The leaders are Norvane Labs, Tessel Optics and Brill.” [1]"),
            "where is the last one?",
            "where is Brill?",
            id="the last of a list",
        ),
        pytest.param(
            ("How do Norvane and Tessel differ?",), "where is the latter?", "where is Tessel?", id="the latter of two"
        ),
        pytest.param(
            ("Where is BioBAY?",),
            "who is the director?",
            "who is the director? (BioBAY)",
            id="a post without its place",
        ),
        pytest.param(
            ("Where is BioBAY?", ">In Suzhou. [1]", "who is the Chinese partner?"),
            "since when?",
            "Since when: who is the Chinese partner? (BioBAY)?",
            id="the topic stays through a question without it",
        ),
        pytest.param(
            ("How much of the Genome did Norvane Labs read?",),
            "how much of the Genome did they publish?",
            "how much of the Genome did Genome Norvane Labs publish?",
            id="they did it, whatever stands before",
        ),
        pytest.param(
            ("Which articles are about talent?",),
            "and biotech?",
            "Which articles are about biotech?",
            id="articles on another topic",
        ),
        pytest.param(("龙沙公司在哪里？",), "院长是谁？", "龙沙公司院长是谁？", id="zh a post without its place"),
        pytest.param(("龙沙公司的总部在哪里？",), "三星呢？", "三星公司的总部在哪里？", id="zh another firm"),
        pytest.param(("龙沙公司在哪里？",), "我说的是三星", "三星公司在哪里？", id="zh what was meant instead"),
        pytest.param(("龙沙公司在哪里？",), "三星呢，哪年成立的？", "三星哪年成立的？", id="zh another topic"),
        pytest.param(("江北有哪些CRO？",), "只看外资的", "江北有哪些CRO，只看外资的？", id="zh fewer of them"),
        pytest.param(("江北有哪些CRO？",), "那苏州呢？", "苏州有哪些CRO？", id="zh another place"),
        pytest.param(
            ("哪些CRO在江北运营？",), "那苏州呢？", "哪些CRO在苏州运营？", id="zh another place, behind Latin letters"
        ),
        pytest.param(("临港创新谷在哪里？",), "它的面积多大？", "临港创新谷的面积多大？", id="zh its"),
        pytest.param(("江北新区是什么？",), "它是什么时候成立的？", "江北新区是什么时候成立的？", id="zh it"),
        pytest.param(("药明康德在哪里？",), "上述公司呢？", "药明康德呢？", id="zh the above company"),
        pytest.param(("临港创新谷在哪里？",), "该园区有多少家企业？", "临港创新谷有多少家企业？", id="zh this park"),
        pytest.param(("临港创新谷在哪里？",), "其主任是谁？", "临港创新谷主任是谁？", id="zh its, in writing"),
        pytest.param(("临港创新谷在哪里？",), "这家机构由谁管理？", "临港创新谷由谁管理？", id="zh this institution"),
        pytest.param(("船厂什么时候关闭？",), "为什么？", "船厂为什么关闭？", id="zh why"),
        pytest.param(("船厂关闭了吗？",), "什么时候？", "船厂关闭了，什么时候？", id="zh when, after yes or no"),
        pytest.param(("江北有哪些CRO？",), "有多少家？", "江北有多少家CRO？", id="zh how many"),
        pytest.param(("2023年江北有多少企业？",), "2024年呢？", "2024年江北有多少企业？", id="zh another year"),
        pytest.param(
            ("What is the first cause of its growth?",),
            "and the second one?",
            "What is the second cause of its growth?",
            id="the second of an order",
        ),
        pytest.param(
            ("When was BioBAY opened?",),
            "when did China join?",
            "when did China join BioBAY?",
            id="a verb without its object",
        ),
        pytest.param(
            ("Since when has the CRO worked in Suzhou?",),
            "who pays it?",
            "who pays CRO?",
            id="it is the term, not the place",
        ),
        pytest.param(("第一个原因是什么？",), "第二个呢？", "第二个原因是什么？", id="zh the second of an order"),
        pytest.param(
            ("Why did the UK approve Norvane's drug?",),
            "what for?",
            "For what did the UK approve Norvane's drug?",
            id="what for",
        ),
        pytest.param(
            ("Which towns tried the scheme?",),
            "was Ulverby one of them?",
            "Which towns tried the scheme? (Ulverby)",
            id="one of them",
        ),
        pytest.param(("哪些城市参加了试点？",), "苏州在里面吗？", "苏州哪些城市参加了试点？", id="zh one of them"),
        pytest.param(
            ("How many firms does Jiangbei host?",),
            "which ones do contract research?",
            "How many firms does Jiangbei host, which ones do contract research?",
            id="which ones",
        ),
        pytest.param(
            ("苏州工业园区是哪年成立的？",),
            "不对，我问的是什么时候开始招商",
            "苏州工业园区什么时候开始招商",
            id="zh what was meant asks",
        ),
        pytest.param(("临港创新谷在哪里？",), "和哪个国家合作的？", "临港创新谷和哪个国家合作的？", id="zh no subject"),
        pytest.param(
            ("临港创新谷在哪里？",), "现在叫什么名字？", "临港创新谷现在叫什么名字？", id="zh nothing but the name"
        ),
        pytest.param(
            ("《数据安全法》何时施行？",), "《网络安全法》呢？", "《网络安全法》何时施行？", id="zh another law"
        ),
        pytest.param(
            ("获奖的是谁？", ">据《蛋白质》： 「奖项一半授予戴维·贝克，表彰他的设计。」 [1]"),
            "他因为什么获奖？",
            "戴维·贝克因为什么获奖？",
            id="zh a foreign name with its parts",
        ),
        pytest.param(
            ("Norvane在苏州做什么？",),
            "Helix Foundry呢？",
            "Helix Foundry在苏州做什么？",
            id="zh another in Latin letters",
        ),
        pytest.param(("A类签证要什么条件？",), "B类呢？", "B类签证要什么条件？", id="zh another class"),
        pytest.param(
            ("Who had the first right to the catch?",),
            "until when?",
            "Until when: Who had the first right to the catch?",
            id="until when",
        ),
        pytest.param(
            ("考尔德公司被谁收购了？",), "什么时候的事？", "考尔德公司被谁收购了，什么时候？", id="zh when it was"
        ),
        pytest.param(("考尔德基金首期规模多大？",), "二期呢？", "考尔德基金二期规模多大？", id="zh the next phase"),
        pytest.param(
            ("Who runs Norvane?", "How many boats did it build in 2023?"),
            "which yard built it?",
            "which yard built Norvane?",
            id="a year is no thing",
        ),
        pytest.param(
            ("Who founded the mill?", ">“The mill was founded by Ada Brill, Ben Colm and Cy Dent.” [1]"),
            "which of them left first?",
            "which of Ada Brill, Ben Colm and Cy Dent left first?",
            id="which of them",
        ),
        pytest.param(
            ("Where is the 2024 Lake Fair held?",), "who runs it?", "who runs 2024 Lake Fair?", id="a year in it"
        ),
        pytest.param(
            ("反摩尔定律说的是什么？",), "英文叫什么？", "反摩尔定律英文叫什么？", id="zh its name in English"
        ),
        pytest.param(
            ("Where is the Lakeside Mill?",),
            "and who is in charge today?",
            "who is in charge today? (Lakeside Mill)",
            id="and, of a name",
        ),
        pytest.param(("青岚公司在哪里？",), "那家是哪年创立的？", "青岚公司是哪年创立的？", id="zh that one"),
        pytest.param(
            ("Who rents the mill?", ">Two do:\n- Norvane [1]\n- Helix [1]"),
            "what does the last one make?",
            "what does Helix make?",
            id="the last one",
        ),
        pytest.param(
            ("Who founded Norvane?", ">Three did:\n- Helix [1]\n- Tessel [1]"),
            "and of the last one?",
            "Who founded Tessel?",
            id="a fragment with the last one",
        ),
        pytest.param(
            ("What disease is norvanib for?",),
            "whose drug is it?",
            "whose drug is it? (What disease is norvanib for)",
            id="a whole question is no name",
        ),
        pytest.param(
            ("Apparently BioBAY closed, right?",), "when did it open?", "when did BioBAY open?", id="it, behind a claim"
        ),
        pytest.param(
            ("江北有哪些CRO？", "生物谷是哪一年设立的？"),
            "有多少家企业？",
            "生物谷有多少家企业？",
            id="zh a place ends the topic",
        ),
        pytest.param(
            ("江北有哪些CRO？", "监管机构怎么看这件事？"),
            "数据从哪里来？",
            "江北数据从哪里来？",
            id="zh what is no one thing ends none",
        ),
        pytest.param(
            ("Which firms are in BioBAY?",),
            "which boats do they build?",
            "which boats do the firms in BioBAY build?",
            id="they are none of what they do",
        ),
        pytest.param(
            ("Which firms are in BioBAY?", "which boats do they build?"),
            "what are they known for?",
            "what are the firms in BioBAY known for?",
            id="they are the same as before",
        ),
        pytest.param(
            ("How long does a regatta last?",),
            "what should we avoid?",
            "what should we avoid? (the regatta)",
            id="a common thing, behind a question without a name",
        ),
        pytest.param(
            ("What is BioBAY?",),
            "is it so that it opened in 1990?",
            "is it so that BioBAY opened in 1990?",
            id="it, in a claim",
        ),
        pytest.param(
            ("What is BioBAY?",),
            "is it so that the mill opened in 1990?",
            "is it so that the mill opened in 1990?",
            id="a claim about something else",
        ),
        pytest.param(
            ("How many firms does Ulverby host?",),
            "which of them make sensors?",
            "which of the firms of Ulverby make sensors?",
            id="which of what was counted",
        ),
        pytest.param(
            ("Who came?", ">“The Lake Festival began.” “Brill's CEO, Ada Norvane, came.” [1]"),
            "What did she see?",
            "What did Ada Norvane see?",
            id="she is no festival",
        ),
        pytest.param(
            ("What is the Lake Festival?", ">“The Lake Festival began in 1990.” [1]"),
            "What did she see?",
            "What did she see?",
            id="she, where nobody was named",
        ),
        pytest.param(
            ("Who runs BioBAY?",), "ada brill who is she", "ada brill who is she", id="she was named before it is asked"
        ),
        pytest.param(
            ("Summarise the note on mills",),
            "who owns it?",
            "who owns the note?",
            id="a word that only begins is no name",
        ),
        pytest.param(
            ("How many meetings should we plan in one day?",),
            "And gifts?",
            "gifts",
            id="another thing, which the question does not fit",
        ),
        pytest.param(
            ("Which firms rent in BioBAY?",),
            "what about universities?",
            "Which universities rent in BioBAY?",
            id="other common things",
        ),
        pytest.param(
            ("Which of Norvane, Tessel and Brill was sold?",),
            "what about Tessel?",
            "Was Tessel sold?",
            id="one of those asked of",
        ),
        pytest.param(
            ("Which of Norvane, Tessel and Brill was sold by Dent?", "what about Tessel?"),
            "who founded it?",
            "who founded Tessel?",
            id="it, behind one of those asked of",
        ),
        pytest.param(
            ("Which articles are about talent?",),
            "Only since October 2025",
            "Which articles since October 2025 are about talent?",
            id="articles of some days",
        ),
        pytest.param(
            ("What did Norvane publish since October 2025 on mills?",),
            "and before that?",
            "What did Norvane publish before October 2025 on mills?",
            id="before those days",
        ),
        pytest.param(
            ("Where is the newest mill?",), "and the oldest?", "Where is the oldest mill?", id="the other end"
        ),
        pytest.param(
            ("Who runs BioBAY?",),
            "Has Norvane anything there?",
            "Has Norvane anything in BioBAY?",
            id="there, behind a name",
        ),
        pytest.param(
            ("Who runs BioBAY?", "what does the harbour levy cost a year?"),
            "who pays it?",
            "who pays the harbour levy?",
            id="a common thing ends the topic",
        ),
        pytest.param(
            ("FDA对AI有什么规定？",),
            "欧洲呢？",
            "欧洲对AI有什么规定？",
            id="zh a place for an authority, not for the term",
        ),
        pytest.param(
            ("江北新区生物医药谷有哪些企业？",),
            "那苏州呢？",
            "苏州有哪些企业？",
            id="zh another place for a place and what is there",
        ),
        pytest.param(
            ("江北有哪些企业？",),
            "上述公司中哪些做基因治疗？",
            "江北的企业中哪些做基因治疗？",
            id="zh the above companies",
        ),
        pytest.param(
            ("江北奖励比例是多少？",), "以前是多少？", "江北奖励比例以前是多少？", id="zh the same at another time"
        ),
        pytest.param(
            ("苏州工业园区在哪里？",),
            "为什么适合小公司？",
            "苏州工业园区为什么适合小公司？",
            id="zh why, without a subject",
        ),
    ],
)
def test_a_follow_up_takes_what_it_leaves_out(
    before: tuple[str, ...], question: str, understood: str, follow_ups: FollowUps
) -> None:
    assert follow_ups.readings(question, conversation(before))[0] == understood


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("What does Norvane Labs do?", id="another name"),
        pytest.param("Which boats did the yard build?", id="no name at all"),
        pytest.param("How long does it take to found a company?", id="it takes"),
        pytest.param("How much does it cost to rent a bench in Suzhou?", id="it costs"),
        pytest.param("Is it possible to rent a bench for a day?", id="it is possible"),
        pytest.param("Why is it hard to hire chemists?", id="it is hard"),
        pytest.param("Is it true that Tessel Optics moved?", id="it is true"),
        pytest.param("When did Tessel Optics open its laboratory?", id="its, of a name in the question"),
        pytest.param("Does Norvane own the building that it rents out?", id="it, of a name in the question"),
        pytest.param("Which companies moved their laboratories?", id="their, of a noun in the question"),
        pytest.param("How do people in the valley pay their rent?", id="their, of people"),
        pytest.param("How many universities are there in Nanjing?", id="are there"),
        pytest.param("Are there any parks for small firms?", id="there are"),
        pytest.param("What was published this year?", id="this year"),
        pytest.param("Who sold his company to Norvane?", id="his, of who"),
        pytest.param("And how many companies does the Calder Valley Hub host?", id="begins with and"),
        pytest.param("What does a CDMO do that a CRO does not?", id="that, of terms"),
        pytest.param("Why do founders leave?", id="why, with all its words"),
        pytest.param("How many meetings in one day should we plan?", id="what one should do"),
        pytest.param("What are the five abilities that last?", id="which are meant is said"),
        pytest.param("Which articles are about talent?", id="articles on a topic"),
        pytest.param("青岚实验室在哪里？", id="zh another name"),
        pytest.param("企业应该如何选址？", id="zh should"),
        pytest.param("其中有哪些公司上市？", id="zh among them"),
        pytest.param("土耳其有哪些园区？", id="zh Turkey"),
        pytest.param("哪些企业关闭了他们的实验室？", id="zh their, of firms in the question"),
        pytest.param("江北为什么发展得这么快呢？", id="zh a whole question that ends in a particle"),
        pytest.param("苏州及其周边有多少企业？", id="zh its, of a name in the question"),
    ],
)
@pytest.mark.parametrize("before", ["Who runs the Brightwater Science Park?", "临港创新谷在哪里？"])
def test_a_whole_question_stands_as_it_is(question: str, before: str, follow_ups: FollowUps) -> None:
    assert follow_ups.readings(question, conversation((before, ">" + HUB_ANSWER)))[0] == question


@pytest.mark.parametrize("question", ["why?", "and in Suzhou?", "它呢？", "Who runs it?"])
def test_without_an_earlier_question_nothing_is_put_in(question: str, follow_ups: FollowUps) -> None:
    assert follow_ups.readings(question, ()) == (question,)
    assert follow_ups.readings(question, [Turn("assistant", HUB_ANSWER)])[0] == question


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        pytest.param("The BioBAY is old. Who runs it?", "Who runs BioBAY?", id="it is in the sentence before"),
        pytest.param("BioBAY is old. It is big. Who runs it?", "Who runs BioBAY?", id="two sentences before"),
        pytest.param("BioBAY - what year did it open", "what year did BioBAY open", id="before a dash"),
        pytest.param("BioBAY is old. Who runs Zhangjiang?", None, id="a question with a name of its own"),
        pytest.param("Name the firms in BioBAY. It is for a note.", None, id="what comes behind asks nothing"),
        pytest.param("It is late. Who runs it?", None, id="nothing named before"),
        pytest.param("BioBAY has two gates. What are they?", None, id="all that is asked about stands before"),
        pytest.param("What is BioBAY? Fine. Who runs it?", None, id="a question before"),
        pytest.param("Who runs it?", None, id="one sentence"),
        pytest.param("", None, id="empty"),
    ],
)
def test_a_question_takes_what_it_leaves_to_the_sentence_before(
    text: str, understood: str | None, follow_ups: FollowUps
) -> None:
    assert follow_ups.within(text) == (understood or text)


@pytest.mark.parametrize(
    ("before", "question", "readings"),
    [
        pytest.param(
            "Which firm runs BioBAY?",
            "when did it open?",
            ("when did BioBAY open?", "when did Helix Foundry open?"),
            id="it is what was asked about, or the answer",
        ),
        pytest.param(
            "Which firm runs BioBAY?",
            "which tenants pay rent?",
            ("which tenants pay rent?", "which tenants pay rent? (BioBAY)", "which tenants pay rent? (Helix Foundry)"),
            id="a whole question without a name stands alone, or goes on",
        ),
        pytest.param(
            "Which firm prints tissue in BioBAY?",
            "when did it open?",
            ("when did Helix Foundry open?", "when did BioBAY open?"),
            id="it is the one that was asked for, where only a place was named",
        ),
        pytest.param(
            "Which firm runs BioBAY?",
            "What did the revision change?",
            (
                "What did the revision change? (BioBAY)",
                "What did the revision change? (Helix Foundry)",
                "What did the revision change?",
            ),
            id="what hardly stands alone goes on, or stands alone",
        ),
        pytest.param(
            "Which firm runs BioBAY?",
            "Who runs Zhangjiang?",
            ("Who runs Zhangjiang?",),
            id="one with a name stands alone",
        ),
    ],
)
def test_what_is_open_is_read_in_several_ways(
    before: str, question: str, readings: tuple[str, ...], follow_ups: FollowUps
) -> None:
    assert follow_ups.readings(question, conversation((before, ">" + FOUNDRY_ANSWER))) == readings


def test_long_histories_keep_the_newest_turns(follow_ups: FollowUps) -> None:
    turns = [Turn(role, f"What is Place{n}?") for n in range(60) for role in ("user", "assistant")]
    assert follow_ups.readings("when was it founded?", turns)[0] == "when was Place59 founded?"


@given(st.text(min_size=1, max_size=60), st.lists(st.text(max_size=60), max_size=4))
def test_any_conversation_leaves_a_question(follow_ups: FollowUps, question: str, before: list[str]) -> None:
    assert follow_ups.readings(question, conversation(tuple(before)))[0].strip() or not question.strip()


@pytest.mark.parametrize("long", [pytest.param(" " * 1900, id="blanks"), pytest.param("那" * 1900, id="zh joints")])
def test_a_long_run_of_nothing_is_read_at_once(long: str, follow_ups: FollowUps) -> None:
    begun = time.perf_counter()
    follow_ups.readings("and in Suzhou?", conversation((f"那{long}呢 x", f">{long}")))
    follow_ups.readings(f"那{long}x", conversation(("Who runs BioBAY?",)))
    assert time.perf_counter() - begun < 5
