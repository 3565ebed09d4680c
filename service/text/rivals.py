"""Words that rule each other out where they stand in one place: a director is no chairman, to raise is not to lower.

Each line is of one kind, and goes on behind a comma at its end. Words between blanks are the same by other names, those
that commas part rule each other out.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache

_KINDS = """
director, chairman chairwoman chairperson chair, ceo, president, secretary, treasurer, minister, mayor, governor, dean,
founder cofounder, owner, chancellor rector, editor, ambassador, trustee, curator, captain
院长 所长 主任, 主席 董事长, 总裁 总经理 首席执行官, 校长, 市长, 省长, 部长, 秘书长, 创始人 创办人
physicist, chemist, biologist, economist, mathematician, engineer, lawyer solicitor barrister attorney,
physician doctor, surgeon, nurse, dentist, pharmacist, historian, philosopher, architect, journalist reporter,
geologist, astronomer, painter, sculptor, poet, novelist, composer, psychologist, sociologist, botanist
物理学家, 化学家, 生物学家, 经济学家, 数学家, 工程师, 律师, 医生 医师, 护士, 药师,
历史学家, 哲学家, 建筑师, 记者, 画家, 诗人
全资, 控股, 参股, 合资, 独资
province, county, city, town, village
省 省份, 市 城市 设区市 地级市, 县 县城, 区, 镇, 乡, 村
father, mother, brother, sister, son, daughter, wife, husband, uncle, aunt, nephew, niece, cousin
父亲, 母亲, 兄弟 哥哥 弟弟, 姐妹 姐姐 妹妹, 儿子, 女儿, 妻子, 丈夫
men, women, boy, girl
male, female
男性, 女性
spring, summer, autumn, winter
春季 春天, 夏季 夏天, 秋季 秋天, 冬季 冬天
monday, tuesday, wednesday, thursday, friday, saturday, sunday
周一 星期一, 周二 星期二, 周三 星期三, 周四 星期四, 周五 星期五, 周六 星期六, 周日 星期日 星期天
morning, afternoon, evening, night
上午, 下午, 晚上
northern north, southern south, eastern east, western west
以北, 以南, 以东, 以西
东部, 西部, 南部, 北部
red, orange, yellow, green, blue, purple, brown, black, white, grey gray
gold, silver, copper, iron, steel, bronze, wood wooden, stone, glass, brick, concrete, plastic, aluminium, zinc
金, 银, 铜, 铁, 钢 钢材, 木 木材, 石材, 玻璃, 混凝土, 塑料
heart cardiac, lung pulmonary, liver hepatic, kidney renal, brain, skin, bone, stomach, eye
心脏, 肺, 肝 肝脏, 肾 肾脏, 大脑, 皮肤, 骨, 胃, 眼
train, bus, tram, ferry, plane aircraft, car, bicycle bike, lorry truck, helicopter
火车 高铁, 公交车 公交, 有轨电车, 渡轮 渡船, 飞机, 汽车, 自行车, 卡车, 直升机
fire, flood, earthquake, storm, drought, war, strike
火灾, 洪水 水灾, 地震, 暴风雨, 旱灾, 战争, 罢工
loan, grant, donation gift, tax, fine, bond
贷款, 补助 补贴, 捐款 捐赠, 罚款, 债券, 税
patent, trademark, copyright
专利, 商标, 版权 著作权
bachelor undergraduate, master, doctorate doctoral phd
本科 学士, 硕士, 博士
producer, consumer, distributor
生产 生产国 生产者, 消费 消费国 消费者
buyer, seller
买方, 卖方
employer, employee
雇主, 雇员
borrower, lender
借款人, 贷款人 放贷人
landlord, tenant
房东, 租户 租客
supply, demand
供给 供应, 需求
raise, lower
rise increase grow climb, fall decline decrease drop shrink
上升 增长 增加 提高 上涨, 下降 减少 降低 下跌
higher, lower
faster, slower
有利, 不利
favour favor benefit, disadvantage harm
strengthen, weaken
加强, 削弱
widen, narrow
win, lose
arrive, depart
attack, defend
create, destroy
hire, dismiss
support, oppose
支持, 反对
succeed, fail
成功, 失败
import, export
hot, cold
warm, cool
wet, dry
strong, weak
rich, poor
deep, shallow
thick, thin
heavy, light
early, late
最早, 最晚
maximum, minimum
最高, 最低
最大, 最小
upper, lower
public, private
公立, 私立
double, halve, triple treble
翻倍 翻番, 减半
single sole, several multiple numerous various
allow permit, require oblige compel, forbid prohibit ban
允许 准许, 要求, 禁止
domestic, foreign
国内, 国外
urban, rural
城市, 农村
voluntary, compulsory mandatory
自愿, 强制
temporary, permanent
临时, 永久 长期
simple, complex
safe, dangerous
cheap, expensive dear
fast quick, slow
fastest quickest, slowest
long, short
longest, shortest
oldest, newest youngest
earliest, latest
nearest closest, farthest
best, worst
small, large big
resilient robust, vulnerable exposed fragile
begin, stop cease
join, leave
buy purchase acquire, sell
出售, 出租
draft, final
net, gross
inside within, outside beyond
quickly, slowly
"""


@lru_cache(maxsize=4)
def _table(stem: Callable[[str], str]) -> Mapping[str, tuple[int, str]]:
    found: dict[str, tuple[int, str]] = {}
    for kind, line in enumerate(_KINDS.replace(",\n", ", ").strip().splitlines()):
        for group in line.split(","):
            stems = [stem(word) for word in group.split()]
            found |= {word: (kind, stems[0]) for word in stems if word not in found}
    return found


def rival_kind(term: str, stem: Callable[[str], str]) -> tuple[int, str] | None:
    """Return the kind of a word, by its ``stem``, and what it is the same as; None where it is of none."""
    return _table(stem).get(term)
