"""What sort of sentence answers a question."""

import pytest

from corpus.glossary import Glossary, Term
from corpus.language import Analyzer
from service.question.kinds import Kind, kind_of
from service.question.units import units_of
from service.sentences.wanted import Wanted


def wanted_by(question: str, analyzer: Analyzer, glossary: Glossary | None = None) -> Wanted:
    units = units_of(question, analyzer, glossary.mentions(question) if glossary else ())
    return Wanted.of(question, kind_of(question), units, analyzer)


def fit(question: str, sentence: str, analyzer: Analyzer) -> float:
    return wanted_by(question, analyzer).fits(sentence, analyzer)


@pytest.mark.parametrize(
    ("question", "fitting", "other"),
    [
        pytest.param("When did it open?", "It opened in March.", "It opened to great joy.", id="en when"),
        pytest.param("港口何时启用？", "港口于2012年启用。", "港口已经启用。", id="zh when"),
        pytest.param(
            "When did it open?", "It opened last spring.", "It opened to great joy.", id="en when, from today"
        ),
        pytest.param("港口何时启用？", "港口今年五月启用。", "港口已经启用。", id="zh when, from today"),
        pytest.param("How large is it?", "It has 340 tenants.", "It has tenants.", id="en quantity"),
        pytest.param("How large is it?", "It has three tenants.", "It has tenants.", id="en quantity in words"),
        pytest.param("园区多大？", "园区有两百家企业。", "园区有企业。", id="zh quantity"),
        pytest.param("How large is it?", "It has 340 tenants.", "It opened in 2009.", id="a year is no quantity"),
        pytest.param("Where is it?", "It stands near Ulverby.", "It stands firm.", id="en where"),
        pytest.param("Why did it close?", "It closed because rents rose.", "It closed.", id="en why"),
        pytest.param("它为什么关闭？", "由于租金上涨，它关闭了。", "它关闭了。", id="zh why"),
        pytest.param("What is a slip?", "A slip is a ramp for boats.", "Boats need slips.", id="en definition"),
        pytest.param("Who opened the mill?", "The mill was opened by Ada Brill.", "The mill opened.", id="en who"),
        pytest.param("Who runs Ulverby?", "Ulverby is run by Ada Brill.", "Ulverby runs well.", id="en the asked name"),
        pytest.param("谁创办了磨坊？", "磨坊由约翰·布里尔创办。", "磨坊已经创办。", id="zh a foreign person"),
        pytest.param("谁创办了磨坊？", "磨坊由沈以棠创办。", "磨坊由一群人创办。", id="zh a person by what is done"),
        pytest.param("谁创办了磨坊？", "磨坊由Ada Brill创办。", "磨坊已经创办。", id="zh a Latin name"),
        pytest.param("谁投资了磨坊？", "磨坊由乌尔资本投资。", "磨坊已经开工。", id="zh an organisation"),
    ],
)
def test_a_sentence_with_what_is_asked_for_fits_better(
    question: str, fitting: str, other: str, analyzer: Analyzer
) -> None:
    assert fit(question, fitting, analyzer) > 0 > fit(question, other, analyzer)


@pytest.mark.parametrize(
    ("question", "counted", "other"),
    [
        pytest.param("How many mills are there?", "There are 40 old water mills.", "The mills employ 40 men.", id="en"),
        pytest.param(
            "How many mills are there?", "Three mills stand there.", "Mills have three floors.", id="en words"
        ),
        pytest.param(
            "How many mills call the lake home?", "40 mills stand there.", "They made 40 calls.", id="en before a verb"
        ),
        pytest.param("How many new mills are there?", "40 mills stand there.", "40 new boats sail.", id="en qualified"),
        pytest.param(
            "How many sports clubs joined it?", "It has 12 clubs.", "12 joined the sports.", id="en before any verb"
        ),
        pytest.param("当地有多少所高校？", "当地有53所高校。", "2019年有3个专业。", id="zh by its measure word"),
        pytest.param("有多少个项目？", "共有52个项目。", "项目要在18个月内完成。", id="zh months are no count"),
        pytest.param("How many pumps were sold?", "It sold 40 of them.", "It sold 40 boats.", id="en by a pronoun"),
        pytest.param(
            "它有多少家医院？", "医院已有12家。", "客户有12家，包括本地最大的连锁医院。", id="zh behind the thing"
        ),
        pytest.param("有多少家磨坊？", "那里有十二家磨坊。", "湖边以几家大磨坊闻名。", id="zh some are no number"),
        pytest.param("最多能派几个人？", "最多可派五人，住两年。", "可派船五次，住两年。", id="zh people"),
        pytest.param("有效期是几年？", "有效期为5年。", "2025年起有效。", id="zh years are told by no date"),
        pytest.param("有多少台水泵？", "水泵增至12台。", "水泵增加一倍。", id="zh twice as many is no number of them"),
        pytest.param("有几家磨坊？", "那里有十二家磨坊。", "磨坊占地十二亩，雇3人。", id="zh words"),
        pytest.param("法院去年判了多少件案子？", "去年判了46件。", "赔偿以50万英镑为限。", id="zh cases"),
        pytest.param("面试及格线是多少分？", "及格线是60分。", "面试持续四十分钟。", id="zh points"),
    ],
)
def test_a_number_of_what_is_counted_fits_best(question: str, counted: str, other: str, analyzer: Analyzer) -> None:
    assert fit(question, counted, analyzer) > fit(question, other, analyzer)


@pytest.mark.parametrize(
    ("question", "counted", "other"),
    [
        pytest.param(
            "当地的高校共计多少所？", "It has 53 modern universities.", "53 trams run there.", id="zh before it"
        ),
        pytest.param("当地有多少所高校？", "It has 53 modern universities.", "53 trams run there.", id="zh on en"),
        pytest.param("How many universities are there?", "当地有53所高校。", "当地有53家医院。", id="en on zh"),
        pytest.param("有多少高校？", "高校增至53所。", "高校离此有3公里。", id="zh without a measure word"),
    ],
)
def test_what_is_counted_is_known_in_the_other_language_by_the_glossary(
    question: str, counted: str, other: str, analyzer: Analyzer
) -> None:
    glossary = Glossary([Term(("university", "高校", "大学"))], analyzer)
    wanted = wanted_by(question, analyzer, glossary)
    assert wanted.fits(counted, analyzer) > 0 > wanted.fits(other, analyzer)


def test_where_it_is_known_what_is_counted_no_number_is_worse_than_another(analyzer: Analyzer) -> None:
    question = "How many mills are there?"
    assert fit(question, "The mills employ 40 men.", analyzer) > fit(question, "The mills are old.", analyzer)
    assert fit(question, "The mills are old.", analyzer) < fit("How large is it?", "The mills are old.", analyzer)


@pytest.mark.parametrize(
    ("question", "lacking", "holding"),
    [
        pytest.param("When did it open?", "It opened to great joy.", "It opened in March.", id="when"),
        pytest.param("How large is it?", "It has tenants.", "It has 340 tenants.", id="quantity"),
        pytest.param("它多大？", "它是第一座。", "它有三座。", id="an ordinal is no quantity"),
        pytest.param("How far is the mill?", "It has 340 tenants.", "It is 12 miles off.", id="how far: in miles"),
        pytest.param("How far is the mill?", "It has 340 tenants.", "It takes 12 minutes.", id="how far: in minutes"),
        pytest.param("How long does it take?", "It opened in 1998.", "It takes 12 minutes.", id="how long, no date"),
        pytest.param("How long will it last?", "It opened in 1998.", "It lasts for several years.", id="in words"),
        pytest.param("How long will it last?", "It opened in 1998.", "It lasts until they part.", id="until when"),
        pytest.param("办理要多久？", "它于1998年启用。", "办理要三周。", id="zh how long"),
        pytest.param("它分为几期？", "它于1998年启用。", "它分为四期。", id="zh phases"),
        pytest.param("它有多少船？", "它有一座磨坊。", "它有三座磨坊。", id="zh a mill is no number"),
        pytest.param("How far is it in miles?", "It takes 12 minutes.", "It is 12 miles off.", id="how far, in a unit"),
        pytest.param("What is the area of Mill Area?", "Mill Area has 3 mills.", "It has 12 acres.", id="an area"),
        pytest.param("What is the population of Mill Area?", "It grew.", "It has 340 people.", id="of what is an area"),
        pytest.param("How much did the mill cost?", "It cost 3 years.", "It cost £3 million.", id="how much money"),
        pytest.param("How many miles off is it?", "It has 340 tenants.", "It is 12 miles off.", id="so many of a unit"),
        pytest.param("What was the interest rate?", "The loan ran for 20 years.", "It was 3%.", id="a rate"),
        pytest.param("How far has the rent come down?", "It has come down.", "It fell by 3%.", id="how far down"),
        pytest.param("公司的市值是多少？", "公司有三座楼。", "公司值3亿元。", id="zh a sum"),
        pytest.param("How old is the mill?", "It is old.", "It was built in 1920.", id="how old: a date tells it"),
        pytest.param("How many guests came?", "They came in 2000.", "The fair had 2000 guests.", id="like a year"),
        pytest.param("Who opened the mill?", "It opened in New York.", "It was opened by Ada.", id="a place is nobody"),
        pytest.param("Who opened the mill?", "The mill opened.", "The mill was opened by Ada Brill.", id="who"),
        pytest.param("它规模多大？", "多数人先想到磨坊。", "它有两百人。", id="zh most people are no number"),
        pytest.param("联络人叫什么？", "北原大学设有联络人。", "联络人是Ada Brill。", id="zh a body is nobody"),
        pytest.param("Why did it close?", None, "It closed.", id="why: a reason needs no word for it"),
        pytest.param("When do tenants pay?", None, "They pay once the fair is over.", id="when, every time"),
    ],
)
def test_a_sentence_lacks_the_plain_thing_that_is_asked_for(
    question: str, lacking: str | None, holding: str, analyzer: Analyzer
) -> None:
    wanted = wanted_by(question, analyzer)
    assert wanted.left(wanted.fits(holding, analyzer)) == 1
    assert lacking is None or wanted.left(wanted.fits(lacking, analyzer)) < 1


@pytest.mark.parametrize("kind", [Kind.OTHER, Kind.HOW, Kind.LIST, Kind.COMPARISON])
def test_where_any_sentence_may_answer_none_fits_better(kind: Kind, analyzer: Analyzer) -> None:
    wanted = Wanted.of("", kind, (), analyzer)
    assert wanted.fits("It opened in 2009.", analyzer) == wanted.fits("It stands firm.", analyzer) == 0.0
