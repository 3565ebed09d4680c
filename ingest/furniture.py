"""What stands around an article on its page and is no part of it: share bars, cards, newsletter boxes, menus.

Each rule matches a whole block, never a part of one, so that a sentence about newsletters stays.
"""

import re
from collections.abc import Sequence

from corpus.article import BlockKind
from ingest.draft import Piece
from ingest.text import one_line, word_count


def _whole(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_NETWORK = (
    r"(?:facebook|twitter|x|linked\s?in|whats\s?app|we\s?chat|weibo|telegram|reddit|pinterest|instagram|youtube|threads"
    r"|bluesky|mastodon|email|e-mail|print|copy(?: link)?"
    r"|微信(?:好友)?|新浪微博|微博|朋友圈|qq(?:空间|好友)?|知乎|豆瓣|复制链接)"
)
_NETWORKS = rf"{_NETWORK}(?:[\s,，|/·、]+{_NETWORK})*"
_ARROW = r"[\s.…»«→←>›‹:：]*"
_THING = r"(?:posts?|articles?|stor(?:y|ies)|pages?|insights?|news|entr(?:y|ies))"

_SHARE = _whole(
    rf"(?:share|分享|转发)(?:\s+(?:this|the|on|via|to|with))*(?:\s+{_THING})?(?:到|至|给朋友)?\s*[:：]?\s*(?:{_NETWORKS})?",
    rf"share\s+(?:(?:this|the)\s+)?(?:{_THING}\s+)?(?:on|via|to|with)\s+{_NETWORK}",
    rf"{_NETWORK}(?:[\s,，|/·、]+{_NETWORK})+",
    rf"follow us(?: on)?\s*[:：]?\s*(?:{_NETWORKS})?",
    r"(?:点赞|在看|收藏|转发|分享)(?:[\s、|/·]+(?:点赞|在看|收藏|转发|分享))+",
)
_LINKS = _whole(
    rf"(?:read|see|view|learn|show|load|find out)\s+(?:more|all)(?:\s+{_THING})?{_ARROW}",
    rf"(?:continue reading|read the full {_THING}|skip to (?:main )?content){_ARROW}",
    rf"back to (?:top|all {_THING}|{_THING}|blog|home){_ARROW}",
    r"(?:read more|also read|see also|read also)\s*[:：]\s*[^.!?]{1,150}",
    rf"(?:阅读更多|了解更多|查看更多|阅读全文|阅读原文|更多内容|返回顶部|返回首页|返回列表){_ARROW}",
    r"点击(?:上方|下方)?(?:阅读原文|蓝字|关注).{0,20}",
    rf"[«←‹\s]*(?:previous|next|older|newer)\s+{_THING}\b[^.!?]{{0,150}}",
    r"[«←‹\s]*(?:previous|next|prev)\s*[»→›«←‹]*",
    r"[«←‹\s]*(?:上一篇|下一篇|上一页|下一页|上一条|下一条)\s*[:：]?[^。！？]{0,80}",
)
_COMMENTS = _whole(
    r"(?:leave|post|add|write) a (?:comment|reply)(?:\s+cancel reply)?|cancel reply",
    r"(?:\d+|no) comments?(?: yet)?|comments?(?: are| off)?(?: closed)?\.?|be the first to comment\.?",
    r"your email address will not be published.{0,60}",
    r"发表评论|发表回复|暂无评论|写留言|留言板?|评论\s*(?:[(（]\d*[)）])?|网友评论",
)
_COOKIES = _whole(
    r"(?:we|this (?:web)?site|our (?:web)?site) uses? cookies\b.{0,300}",
    r"(?:accept|reject|allow|decline)(?: all)?(?: cookies)?|manage cookies",
    r"cookie (?:settings|policy|notice|preferences)",
    r"(?:本网站|我们)使用\s*cookies?.{0,150}",
)
_LABELS = _whole(
    r"(?:tags?|tagged(?: with)?|filed under|categor(?:y|ies)|posted in|标签|分类|归档)\s*[:：]\s*[^.!?。！？]{1,120}",
    r"posted|(?:posted |published |written )?(?:in|by|on)\s*[:：]?|(?:tags?|categor(?:y|ies)|标签|分类)\s*[:：]",
    r"(?:home|首页|首頁)(?:(?:\s*[>›»]\s*|\s+[/|→]\s+)[^>›»|→.。]{1,80}){1,6}",
    r"\d{1,3}[\s-]*(?:min(?:ute)?s?)\s+(?:read|reading time)|reading time\s*[:：]?\s*\d{1,3} min(?:ute)?s?",
    r"阅读时间\s*[:：]?.{0,12}",
    r"(?:copyright\s*)?(?:©|\(c\))\s*\d{4}.{0,120}|all rights reserved\.?|版权所有.{0,60}",
    r"[-–—\s]*(?:advertisement|sponsored)[-–—\s]*|广告|story continues below(?: advertisement)?",
    r"[(（【\[]?\s*(?:责任|本文|执行)?(?:编辑|责编|校对|审核)\s*[:：]\s*[^。！？]{2,16}[)）】\]]?(?:\s*举报\s*/?\s*反馈)?",
    r"举报\s*/?\s*反馈|点赞\s*\d*|[-–—\s]*分隔线[-–—\s]*",
)
_NEWSLETTER = _whole(
    r"(?:please )?(?:subscribe|sign up|register)(?: now| here| today)?\s+(?:to|for)\s+(?:our|the)\b.{0,60}"
    r"\b(?:newsletter|mailing list|updates|bulletin|digest)\b.{0,160}",
    r"join (?:our|the)\b.{0,40}\b(?:newsletter|mailing list)\b.{0,120}",
    r"(?:get|receive)\b.{0,80}\b(?:in|to|straight to|delivered to) your inbox\b.{0,60}",
    r"(?:enter )?your e-?mail(?: address)?\s*\*?|subscribe(?: now)?!?|sign up(?: now)?!?|订阅|立即订阅",
    r"(?:欢迎|点击|立即)?订阅(?:我们|本刊|我们的)?(?:的)?(?:邮件|电子报|通讯|快讯|新闻简报|周刊|公众号|更新).{0,60}",
    r"(?:长按|扫描|扫码|扫一扫|微信扫一扫|微信扫码|识别)[^。！？]{0,24}(?:关注|添加|加入|订阅|二维码|公众号)[^。！？]{0,40}[。！]?",
    r"(?:欢迎)?关注(?:我们|本?公众号|微信公众号|官方微信|微信)[^。]{0,40}[。！]?|扫码关注.{0,20}",
)
_NEWSLETTER_TITLE = _whole(
    r"(?:stay|keep) (?:updated|informed|in touch|connected|up to date|in the loop)!?",
    r"(?:our |the )?(?:newsletter|mailing list)|never miss (?:a post|an update|an article|out)!?",
    r"(?:subscribe|sign up)(?: (?:to|for) (?:our|the) (?:newsletter|updates|mailing list))?!?",
    r"get (?:the latest )?updates",
    r"订阅(?:我们|资讯|邮件|通讯)?|关注我们",
)
_RELATED = _whole(
    rf"(?:related|similar|recommended)\s+{_THING}{_ARROW}",
    r"related (?:content|reads)|recommended(?: reading| for you)|read next|up next|what to read next",
    r"you (?:may|might)(?: also)? (?:like|enjoy|be interested in).{0,20}",
    r"相关(?:文章|阅读|推荐|新闻|资讯)|推荐(?:阅读|文章)|猜你喜欢|(?:你|您)?(?:可能|也许)(?:还|也)?(?:会)?(?:喜欢|感兴趣).{0,6}"
    r"|更多(?:文章|资讯|阅读|推荐)|热门(?:文章|推荐|阅读)|最新(?:文章|资讯)|往期(?:回顾|推荐|精选)",
)
# titles that a section of an article may have as well: they count only where nothing but cards follows to the end
_MAYBE_RELATED = _whole(
    rf"(?:latest|recent|popular|more|other|trending)\s+{_THING}{_ARROW}",
    r"more (?:from|in|on) [^.]{1,40}|keep reading|further reads|延伸阅读|相关内容",
)
_MENU = _whole(
    r"home|about(?: us)?|contact(?: us)?|(?:our )?services|(?:our )?team|blog|news|events|insights|products"
    r"|login|log in|sign in|register|search|menu|careers|faqs?|privacy(?: policy)?|terms(?: of (?:use|service))?",
    r"sitemap",
    r"首页|关于我们|联系我们|产品|服务|新闻|新闻中心|登录|注册|搜索|菜单|招聘|加入我们|解决方案",
)
_ALWAYS = (_SHARE, _LINKS, _COMMENTS, _COOKIES, _LABELS, _NEWSLETTER)
_LONGEST = 70  # words; furniture is short, so nothing longer is looked at
_SENTENCE = re.compile(r"\w\W+\w.*[.!。！]$", re.DOTALL)
_BREAKS_OFF = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])(?:\s*(?:read|continue|阅读)\s*(?:more|reading|全文)?)?$", re.IGNORECASE
)
_CARD = 40  # words that a card's excerpt may have; a paragraph of the article is longer


def is_furniture(text: str) -> bool:
    """Say whether a block, wherever it stands, is no part of an article."""
    text = one_line(text)
    return len(text) <= 500 and word_count(text) <= _LONGEST and any(rule.fullmatch(text) for rule in _ALWAYS)


def strip_furniture(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces without the furniture; what is kept is unchanged and in order."""
    body = _without_cards(pieces)
    followers = [*body[1:], None]
    kept = [
        piece
        for piece, follower in zip(body, followers, strict=False)
        if piece.kind is BlockKind.CODE or not (is_furniture(piece.text) or _is_newsletter_title(piece, follower))
    ]
    return _without_menus(kept)


def ends_text(text: str) -> bool:
    """Say whether a line begins what comes after an article, so that it can't be the text under a heading."""
    text = one_line(text)
    return is_furniture(text) or bool(_RELATED.fullmatch(text))


def _without_cards(pieces: Sequence[Piece]) -> list[Piece]:
    """Cut from "Related posts" to the end, or to where the article goes on."""
    for start, piece in enumerate(pieces):
        title = one_line(piece.text)
        if _MAYBE_RELATED.fullmatch(title):
            if not any(_is_body(item) or _SENTENCE.search(item.text) for item in pieces[start + 1 :]):
                return list(pieces[:start])
        elif _RELATED.fullmatch(title):
            end = _cards_end(pieces, start + 1)
            if end > start + 1 or end == len(pieces):  # else a section of the article has such a title
                return [*pieces[:start], *_without_cards(pieces[end:])]
    return list(pieces)


def _cards_end(pieces: Sequence[Piece], start: int) -> int:
    """Return where the article goes on after the cards that begin at ``start``: at a text, or the heading above it."""
    end = next((i for i in range(start, len(pieces)) if _is_body(pieces[i])), len(pieces))
    level = 7
    while start < end < len(pieces) and pieces[end - 1].kind is BlockKind.HEADING and pieces[end - 1].level < level:
        end -= 1
        level = pieces[end].level  # only a higher heading can stand over this one; its like is a card's title
    return end


def _is_body(piece: Piece) -> bool:
    """Say whether a piece is more than a card can hold; a card's excerpt is short or breaks off."""
    if piece.kind in (BlockKind.TABLE, BlockKind.CODE):
        return True
    return word_count(piece.text) > _CARD and not _BREAKS_OFF.search(piece.text) and not is_furniture(piece.text)


def _is_newsletter_title(piece: Piece, follower: Piece | None) -> bool:
    """Say whether this is "Stay updated" over a newsletter box, or over nothing at all."""
    if not _NEWSLETTER_TITLE.fullmatch(one_line(piece.text)):
        return False
    return follower is None or is_furniture(follower.text)


def _without_menus(pieces: list[Piece]) -> list[Piece]:
    """Drop lists made mostly of a site's usual menu entries."""
    groups: dict[int, list[Piece]] = {}
    for piece in pieces:
        if piece.group:
            groups.setdefault(piece.group, []).append(piece)
    menus = {
        group
        for group, items in groups.items()
        if len(items) >= 3
        and sum(bool(_MENU.fullmatch(one_line(item.text))) for item in items) * 2 >= len(items)
        and all(word_count(item.text) <= 4 for item in items)
    }
    return [piece for piece in pieces if piece.group not in menus]
