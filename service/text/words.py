"""The small words of both languages: those that carry little or no meaning of their own."""

import re

from corpus.tokens import FUNCTION_WORDS

POSSESSIVE_END = re.compile(r"['’]s?$")
"""What makes a word at the end of a text a possessive one."""

WORD_END = re.compile(r"(?:n['’]t|['’](?:s|d|m|ll|re|ve)?)$")
"""That, and what is left of a verb or of its denial: "I'd", "they're", "isn't"."""

NAME_EN = r"[A-Z][\w’'&-]*(?: [A-Z][\w’'&-]*)*"
"""A run of words with a capital, as a pattern."""

ASKING_EN = r"(?:who(?:m|se)?|what|when|where|which|why|how)\b"
"""A word that asks, as a pattern."""

NUMBER_ZH = "[0-9一二两三四五六七八九十百千万亿半]"
"""A digit or a character of a number in Chinese, as a pattern."""

ORDINAL_EN = "first|second|third|fourth|fifth|last"
"""Words that count, as alternatives of a pattern."""

SORTS_EN = frozenset(
    "agency association campus center centre college company foundation fund group hospital hub institute park"
    " university valley zone".split()
)
"""What names of organisations and places end in, and what such a name is called for short: "the Institute"."""

STOP_EN = FUNCTION_WORDS | frozenset(
    """
    about above across after again against ago all already also around because before being below between both doing
    done down during each either else etc even ever every few further having here hers into itself just kind like many
    might mine more most much must near now often once one only onto other over please same should since some still
    such tell there these those though through together under until upon very via whether while within without yes
    yet aren't your type types sort example examples thing things give gave given got mention mentioned article articles
    according say says said name names named called call list describe two three four five six seven eight nine ten
    explain know known kinds sorts ones others calls pls plz someone somebody anyone anybody something anything
    somewhere anywhere roughly approximately remind wonder wondering ok okay i.e e.g vs versus lot lots bit define
    lists describes explains gives mentions knows tells whats whens wheres whos whys hows
    themselves himself herself itself myself ourselves mr mrs ms dr prof sir
    """.split()
)
"""English words that never have to be found."""

QUALIFIERS_EN = frozenset(
    """
    able active actively actual actually altogether among available aside behind big bigger biggest certain commonly
    dual double official officially pair special current currently different especially exact exactly existing first
    generally inside key large larger largely last likely main mainly major mostly nearby new nowadays old outside
    overall particular particularly present presently primarily probably real relevant second several simply specific
    specifically third today total totally typical typically usually various person asap instead client clients
    """.split()
)
"""English words of little weight that say more closely which thing is meant; no such word is what somebody does."""

BEING_EN = frozenset(
    """
    based contain contained containing contains exist existed existing exists host hosted hosting hosts lie lies located
    operate operated operates operating situated
    """.split()
)
"""English verbs that say no more than that something is there, or has something there."""

LIGHT_EN = QUALIFIERS_EN | frozenset(
    """
    date figure number level levels year years draw job position presence role status title deliver face handle lie
    located send supply situated based act add allow appear apply ask base become begin believe belong boast bring
    build carry cause change come combine comprise consider consist contain continue create cover develop differ enjoy
    exist expect fall feature feed feel find follow form get go goes going gone grow happen head held help hold home
    host include involve join keep lead leave let live look lose made make mean meant meet move need obtain occur
    offer open operate part place plan play point possess produce provide put raise reach receive refer relate remain
    run see seem serve set settle show sit stand start state stay stop suggest support take taken talk term turn use
    used using want way work fed housed count reason reasons report perform conduct pick choose chosen hear heard
    forget forgot post couple bunch handful contact cite credit grant granted award awarded confer conferred compare
    compared comparison good better topic topics subject tally headcount approach maintain full
    """.split()
)
"""English words of little weight: a sentence may answer without them."""

STOP_ZH = frozenset(
    """
    的 了 是 在 有 和 与 及 或 对 从 到 于 被 把 向 为 以 而 等 之 其 这 那 该 此 也 都 就 还 请 问 请问 一个 一些
    一种 一家 一位 一所 些 个 名 位 家 所 种 项 条 座 里 中 上 下 内 外 什么 什么样 哪些 哪个 哪 哪里 哪儿 哪家 哪位
    哪所 哪种 哪项 哪座 哪条 哪部 哪间 哪两 哪一 设在 所在 始于 谁 何 何时 何地 何种 什么时候 时候 多少 几 几个 几家
    多 为什么 为何 如何 怎么 怎样 怎么样 是否 吗 呢 吧 啊 我 我们 你 你们 他 他们 她 它 它们 自己 这个 那个 这些
    那些 这里 那里 何人 可以 能 能够 会 要 应 应该 曾 曾经 已 已经 正在 将 被称为 称为 叫 叫做 名字 名称 根据 按照 关于
    由 由于 因 因为 所以 如果 但 但是 并 并且 而且 以及 其中 哪年 哪一年 年 月 日 来 去 做 使 让 给 用 使用 进行
    通过 作为 属于 包括 具有 指 指的 说 提到 文章 列出 有没有 告诉 列 一下
    里面 英文名 中文名 名叫 一共 总共 列举 那边 这边 当地 那里 文章里 来着 着 那么 这么 啥 为啥 咋 头上 呀
    麻烦 想 想知道 了解 知道 大概 大约 左右 分别 都 帮 帮忙 哪一位 哪两个 两个 两项 两种 哪几 哪三
    多久 多长时间 多长 多大 几天 几年 几类 几次 哪支 干嘛 干什么 怎么回事 咋回事 是不是 算下来 老是 总是 跟 比 最 更
    较 才 却 又 再 还有 还要 还是 不是 而是 就是 除了 除 之外 之间 至 时 当 对于 得 地 过 要是 那家 这家 这所 这块 每家
    每个 咱 咱们 百分之几 哪几种 哪几类 哪一块 可 下来 起来 出来 进去 出去 拿来 用来 用于 用作 一次 另 另外 才能 没法
    不行 共计 合计 总计 共有 累计 到底 究竟 哪年哪月 是从 两所 两家 两位 两名 两座
    """.split()
)
"""Chinese words that never have to be found."""

LIGHT_ZH = frozenset(
    """
    后来 最早 目前 现在 如今 两 三 四 五 主要 发生 成为 得到 提供 开始 出现 认为 表示 需要 产生 获得 情况 方面 东西
    位于 坐落 发给 数字 联系 拜访 推荐 介绍 写 填 提及 聚集 具体 所谓 类型 原因 目的 作用 意思 人 人们 地方 数量 时间
    选 选择 挑选 运作 运营 负责 拥有 具备 同时 享有 落户 进驻 入驻 设有 各自 各有 已有 现有 客户 不同 区别 差异 相比
    对比 比较 知名 著名 有名 头部 龙头 背后 找
    """.split()
)
"""Chinese words of little weight."""
