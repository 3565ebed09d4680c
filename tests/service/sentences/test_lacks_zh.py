"""Whether a sentence lacks what a question in Chinese asks for by its own words."""

import pytest

from service.question.kinds import kind_of
from service.sentences.lacks_zh import lacks_in_chinese


@pytest.mark.parametrize(
    ("question", "near_miss", "answer"),
    [
        pytest.param("研究部门有多少研究人员？", "研究部门在榜上排在四百名以外。", "研究部门有六十多人。", id="people"),
        pytest.param("磨坊现在有多少学生？", "毕业生约有四成留在本地。", "在校学生约八千。", id="another people"),
        pytest.param("有多少医生自己配药？", "每种药约三百元。", "7%的医生自己配药。", id="a share of them"),
        pytest.param("磨坊去年赚了多少钱？", "磨坊总投资4200万元。", "磨坊盈利300万元。", id="profit"),
        pytest.param("磨坊为什么建在北原？", "磨坊在北原，年产能40万吨。", "磨坊建在北原，是因为水多。", id="a reason"),
        pytest.param("苏棠怎么评价磨坊？", "磨坊由苏棠于2020年创立。", "苏棠认为磨坊太旧。", id="a view"),
        pytest.param(
            "研究得出了什么结论？", "研究由三家医院合做，入组病人3800名。", "研究发现面粉无害。", id="a finding"
        ),
        pytest.param("磨坊打算什么时候建新仓？", "磨坊成立于2015年。", "新仓预计2027年动工。", id="a plan"),
        pytest.param(
            "磨坊和谷场，哪家的面粉更贵？", "磨坊与谷场开始合作。", "磨坊的面粉比谷场的贵。", id="which is more"
        ),
        pytest.param(
            "磨坊和谷场，哪家的面粉更贵？", "磨坊与谷场开始合作。", "磨坊每斤3元，谷场每斤4元。", id="two numbers"
        ),
        pytest.param("去年来了多少学生？", "今年共有48名学生。", "去年共有48名学生。", id="last year"),
        pytest.param(
            "2023年治了多少病人？", "中心2023年开诊，到2024年底治了1380名病人。", "2023年治了300名病人。", id="by then"
        ),
        pytest.param("有几名学生拿了半额奖学金？", "有六名学生拿了全额奖学金。", "两名拿了半额。", id="another sort"),
        pytest.param("苏棠是哪所大学毕业的？", "苏棠是负责人。", "苏棠毕业于北原大学。", id="a school"),
    ],
)
def test_what_is_lacking(question: str, near_miss: str, answer: str) -> None:
    assert lacks_in_chinese(near_miss, "", question, kind_of(question))
    assert not lacks_in_chinese(answer, "", question, kind_of(question))


@pytest.mark.parametrize(
    ("question", "text", "after"),
    [
        pytest.param("磨坊为什么建在北原？", "磨坊建在北原。", "那里水多，租金便宜。", id="the reason comes next"),
        pytest.param("城市里有哪几所大学？", "城市里有两所大学：", "北原大学和青岚大学。", id="the list comes next"),
        pytest.param("这个任务被称为什么？", "这个任务被称为磨面。", "", id="what it is called is no reason"),
        pytest.param("磨坊有多少学生？", "The mill trains 300 apprentices.", "", id="in English, in other words"),
        pytest.param("磨坊有多少学生？", "在校的毕业生达八千。", "", id="people by another word"),
        pytest.param("磨坊打算什么时候建新仓？", "新仓2027年建成。", "", id="a plan without a word for it"),
        pytest.param("苏棠怎么评价磨坊？", "苏棠对磨坊很失望。", "", id="a view without a word for it"),
        pytest.param("2023年治了多少病人？", "到年底治了1380名病人。", "", id="no year is told"),
    ],
)
def test_what_is_not(question: str, text: str, after: str) -> None:
    assert not lacks_in_chinese(text, after, question, kind_of(question))
