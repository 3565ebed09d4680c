"""What asks nothing that articles could answer: greetings, thanks, questions of the assistant itself, summaries."""

import re

# each word by one alternative, and none taken back: a long run of them is read once
_GREETS_EN = re.compile(
    r"(?:(?:hi|hello|hey|hiya|greetings|good (?:morning|afternoon|evening|day)|cheers|ok(?:ay)?|(?:good)?bye"
    r"|how are you|(?:many )?thanks?(?: you)?|thx|ta|great|perfect|cool|nice|lovely|brilliant|awesome|excellent"
    r"|got it|i see|noted|interesting|(?:that|it)(?:['’]s| is| was)|very|really|all|helpful|useful|good|a lot|so much"
    r"|much|in advance|for (?:now|that|your help)|there|everyone|again|today"
    r"|who are you|what are you|what can you do|what do you do|how do(?:es)? (?:you|this|it) work|what is this"
    r"|(?:can|could) you help(?: me)?|help(?: me)?|i need help|anyway|anyhow|never ?mind|no (?:worries|problem)"
    r"|are you sure(?: (?:about|of) (?:that|this|it))?"
    r"|are you (?:an? )?(?:real |actual )?(?:chat ?gpt|gpt|claude|gemini|copilot|ai|(?:chat)?bot|robot|human|person"
    r"|machine|(?:large )?language model|llm)"
    r"|you(?:['’]re| are)(?: (?:not|no|so|very|really))* (?:useless|help|helpful|unhelpful|stupid|wrong|right|great)"
    r"|(?:(?:that|this|it) isn['’]t |not )?(?:all )?(?:wrong|incorrect|false|untrue|right|correct|true|nonsense|rubbish"
    r"|what i (?:asked|meant)(?: for)?))\b[\s,.!?;–—-]*)++",
    re.IGNORECASE,
)
_GREETS_ZH = re.compile(
    r"(?:(?:[你您]好|嗨|早上好|下午好|晚上好|(?:谢谢|多谢|感谢|辛苦)[你您]?|再见|在吗|好的?|明白|知道|收到|懂|太好|太?有用|有帮助|很有帮助"
    r"|不错|行|可以|没问题|[你您](?:是谁|是什么|能做什么|会做什么|能干什么|会什么|有什么功能)|(?:能不能|可以|能)?帮(?:帮|助)?我"
    r"|(?:这个?)?怎么用|[你您]是(?:不是)?(?:ChatGPT|GPT|AI|机器人|真人|人工智能)|[你您](?:真|太)?没用|[这那]?(?:不对|错了|是错的)|[你您]?确定)(?:啊|呀|了|吧|嘛|吗|呢)*[\s，。！!？?~～]*)++"
)
_SUMMARISES = re.compile(
    r"\b(?:summari[sz]e|summary|sum up|recap|overview of|tl;?dr|the gist of|key (?:points|takeaways))\b"
    r"|总结|概括|概述|摘要|梗概|归纳",
    re.IGNORECASE,
)


def only_greets(text: str) -> bool:
    """Whether a text greets, thanks or asks who one is, and asks nothing of articles: "hi there", 你好."""
    said = text.strip(" \t.,!?。，！？~～")
    return bool(_GREETS_EN.fullmatch(said) or _GREETS_ZH.fullmatch(said))


def asks_summary(text: str) -> bool:
    """Whether a text asks for the whole of something in few words, which no sentence of it is."""
    return bool(_SUMMARISES.search(text))
