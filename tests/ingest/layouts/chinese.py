"""Pages of Chinese sites: company systems, news portals, WeChat."""

# ruff: noqa: E501 - pages are written as sites send them

from tests.ingest.layouts.frame import cards, comments, fill
from tests.ingest.layouts.stories import Markup, Page, Story

_PLAIN = Markup(
    p='<p style="text-indent:2em;">{}</p>',
    heading='<p style="text-indent:2em;"><strong>{}</strong></p>',
    figure='<p style="text-align:center;"><img src="/uploads/allimg/251120/1-2511200915.jpg" width="600" /></p>'
    '<p style="text-align:center;"><span style="color:#888;font-size:12px;">{}</span></p>',
)


def dedecms(story: Story) -> Page:
    """A company's site on an old content system: no heading, dates in a line of words, menus in tables."""
    html = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>${title}_远帆科技有限公司</title><meta name="keywords" content="科技" /><link href="/templets/style/dedecms.css"
rel="stylesheet" /></head><body class="articleview"><div class="header_top"><div class="w960 center"><span id="time"
class="time">欢迎访问远帆科技官方网站！</span><div class="toplinks"><a href="#">设为首页</a>|<a href="#">加入收藏</a></div></div></div>
<div class="header"><div class="top w960 center"><div class="logo"><a href="/"><img src="/logo.gif" /></a></div></div>
<div class="module blue mT10 wrapper w963"><div id="navMenu"><ul><li><a href="/"><span>网站首页</span></a></li><li><a
href="/about"><span>关于我们</span></a></li><li><a href="/news"><span>新闻中心</span></a></li></ul></div></div></div>
<div class="w960 center clear mt1"><div class="pleft"><div class="place"><strong>当前位置:</strong> <a href="/">主页</a> &gt;
<a href="/news">新闻中心</a> &gt; </div><div class="viewbox"><div class="title"><h2>$title</h2></div>
<div class="info"><small>时间:</small>2025-11-20 09:15<small>来源:</small>远帆科技 <small>作者:</small>$author <small>点击:</small>
<span>843</span>次</div><div class="content"><table width="100%" border="0"><tr><td>$body</td></tr></table></div>
<div class="dede_pages"><ul class="pagelist"></ul></div><div class="boxoff"><strong>------分隔线----------------------------</strong>
</div><div class="handle"><div class="context"><ul><li>上一篇：<a href="/p">为什么小城市也需要自己的实验室</a> </li><li>下一篇：没有了
</li></ul></div><div class="actbox"><ul><li><a href="#">收藏</a></li><li><a href="#">挑错</a></li><li><a href="#">推荐</a></li>
<li><a href="#">打印</a></li></ul></div></div></div><div class="mt1"><dl class="tbox"><dt><strong>最新评论</strong></dt><dd>
$comments</dd></dl></div></div><div class="pright"><dl class="tbox light"><dt class="light"><strong>推荐内容</strong></dt><dd
class="light"><ul class="d4">$cards</ul></dd></dl><dl class="tbox"><dt><strong>热点内容</strong></dt><dd><ul class="c1">$cards</ul>
</dd></dl></div></div><div class="footer w960 center mt1 clear"><div class="footer_body"><p class="powered">Powered by DedeCMS</p>
<p class="copyright">版权所有：远帆科技有限公司 地址：江城市滨河路十八号 电话：025-00000000 苏ICP备00000000号</p></div></div></body></html>"""
    parts = {
        "body": _PLAIN.body(story),
        "comments": comments(
            '<div class="decmt-box"><span class="decmt-title">{name} 发表于 2025-11-22</span><p>{text}</p></div>'
        ),
        "cards": cards('<li><a href="/x">{title}</a><p>{excerpt}</p><small>{day}</small></li>'),
    }
    return Page(fill(html, story, **parts), published="2025-11-20T09:15:00", author=story.author)


def tables(story: Story) -> Page:
    """A site laid out in tables, as public bodies still have them; the text is what the editor control held."""
    html = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>${title}-江城市科技信息网</title>
<meta name="ArticleTitle" content="$title"><meta name="PubDate" content="2025-11-20 09:15"><meta name="ContentSource"
content="市科技局"><meta name="ColumnName" content="$category"></head><body bgcolor="#ffffff" leftmargin="0"><table width="980"
align="center"><tr><td><img src="/banner.jpg"></td></tr><tr><td bgcolor="#003399"><table><tr><td><a href="/"><font
color="#ffffff">首页</font></a></td><td><a href="/zw"><font color="#ffffff">政务公开</font></a></td><td><a href="/fw"><font
color="#ffffff">办事服务</font></a></td></tr></table></td></tr></table><table width="980" align="center"><tr><td>您的位置：<a
href="/">首页</a> &gt; <a href="/xw">新闻动态</a></td></tr></table><table width="980" align="center"><tr><td width="240"
valign="top"><table width="100%"><tr><td><b>热点专题</b></td></tr>$links</table></td><td valign="top"><table width="100%"><tr><td
align="center"><h1>$title</h1></td></tr><tr><td align="center">发布时间：2025年11月20日 09:15 &nbsp; 信息来源：市科技局 &nbsp; 浏览次数：
<span id="hits">1203</span> &nbsp; 字号：[ <a href="#">大</a> <a href="#">中</a> <a href="#">小</a> ]</td></tr><tr><td><div
class="TRS_Editor">$body</div></td></tr><tr><td align="right">【<a href="#">打印</a>】【<a href="#">关闭窗口</a>】</td></tr></table>
</td></tr></table><table width="980" align="center" bgcolor="#eeeeee"><tr><td align="center">主办单位：江城市科技局　　技术支持：江城市
信息中心<br>地址：江城市滨河路十八号　邮编：000000　建议使用1024×768分辨率浏览本站</td></tr></table></body></html>"""
    links = cards('<tr><td>·<a href="/x">{title}</a></td></tr>')
    page = fill(html, story, body=_PLAIN.body(story), links=links)
    return Page(page, published="2025-11-20T09:15:00", categories=(story.category,))


def wechat(story: Story) -> Page:
    """A WeChat article: hidden until its script runs, a section in a section in a span, the account's card below."""
    html = """<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>$title</title>
<meta property="og:title" content="$title"><meta property="og:url" content="$url"><meta property="og:site_name"
content="微信公众平台"><meta property="og:type" content="article"><meta property="og:article:author" content="$author"><meta
name="author" content="$author"><style>.rich_media_area_primary{padding:20px 16px 12px}.weui-mask{opacity:0;visibility:hidden}
.wx_profile_card_inner{display:none}</style></head><body id="activity-detail" class="zh_CN wx_wap_page wx_wap_desktop_fontsize_2">
<div id="js_article" class="rich_media"><div id="js_top_ad_area" class="top_banner"></div><div class="rich_media_inner"><div
id="page-content" class="rich_media_area_primary"><div class="rich_media_area_primary_inner"><div id="img-content"
class="rich_media_wrp"><h1 class="rich_media_title" id="activity-name">
$title
</h1><div id="meta_content" class="rich_media_meta_list"><span id="copyright_logo" class="wx_tap_link rich_media_meta
icon_appmsg_tag">原创</span><span class="rich_media_meta rich_media_meta_text">$author</span><span class="rich_media_meta
rich_media_meta_nickname" id="profileBt"><a href="javascript:void(0);" id="js_name">远帆观察</a><div id="js_profile_qrcode"
class="profile_container" style="display:none;"><div class="profile_inner"><strong class="profile_nickname">远帆观察</strong><p
class="profile_meta"><label class="profile_meta_label">微信号</label><span class="profile_meta_value">yuanfan</span></p><p
class="profile_meta"><label class="profile_meta_label">功能介绍</label><span class="profile_meta_value">关注研究型城市、科技园区和产业政策，
每周三次更新，欢迎留言。</span></p></div></div></span><em id="publish_time" class="rich_media_meta rich_media_meta_text">2025年11月20日 09:15
</em><em id="js_ip_wording_wrp" class="rich_media_meta" style="display: none;">发表于<span id="js_ip_wording"></span></em></div>
<div class="rich_media_content js_underline_content autoTypeSetting24psection" id="js_content" style="visibility: hidden; opacity: 0; ">
<section style="font-size: 16px;color: rgb(62, 62, 62);"><section style="margin: 10px 0px;font-size: 0px;"><section style="width: 100%;">
<img class="rich_pages wxw-img" data-src="https://mmbiz.example.org/a.jpg" style="vertical-align: middle;"></section></section>$body
</section><p style="display: none;"><mp-style-type data-value="3"></mp-style-type></p></div></div>
<div class="rich_media_tool_area" id="js_tags_preview_toast"><div class="article-tag__list">预览时标签不可点</div></div>
<div id="js_pc_qr_code" class="qr_code_pc_outer"><div class="qr_code_pc_inner"><div class="qr_code_pc"><img class="qr_code_pc_img"><p>
微信扫一扫<br>关注该公众号</p></div></div></div></div></div><div class="rich_media_area_extra"><div class="reward_area"><p>喜欢作者</p></div><div
class="discuss_list">$comments</div></div></div></div><div id="js_pc_weapp_code" class="weui-desktop-popover" style="display: none;"><div
class="weui-desktop-popover__content"><div class="weapp_code">微信扫一扫<br>使用小程序</div></div></div></body></html>"""
    marks = Markup(
        p='<section style="line-height: 1.75em;"><span style="font-size: 15px;letter-spacing: 1px;">{}</span></section>'
        "<p><br  /></p>",
        heading='<section style="text-align: center;"><section style="display: inline-block;border-bottom: 2px solid '
        'rgb(0, 122, 170);"><h2 style="font-size: 18px;"><strong>{}</strong></h2></section></section>',
        ul='<ul class="list-paddingleft-1">{}</ul>',
        li="<li><section><span>{}</span></section></li>",
        quote='<blockquote class="js_blockquote_wrap" data-type="2"><section class="js_blockquote_digest"><p>{}</p></section>'
        "</blockquote>",
        figure='<section style="text-align: center;"><img class="rich_pages" data-src="https://mmbiz.example.org/b.jpg"></section>'
        '<section style="text-align: center;color: rgb(136, 136, 136);font-size: 12px;">{}</section>',
        code='<section class="code-snippet__fix code-snippet__js"><pre class="code-snippet__js"><code><span leaf="">{}</span></code>'
        "</pre></section>",
    )
    reply = '<div class="discuss_item"><strong class="nickname">{name}</strong><div class="discuss_message">{text}</div></div>'
    page = fill(html, story, body=marks.body(story), comments=comments(reply))
    return Page(page, published="2025-11-20T09:15:00", url=story.url, author=story.author)


def netease(story: Story) -> Page:
    """A portal's news page: the body of the post, and around it two columns of headlines."""
    html = """<!DOCTYPE HTML><html id="ne_wrap" data-publishtime="2025-11-20 09:15:00" data-category="要闻"><head><meta charset="UTF-8">
<title>$title|${category}|江报_手机江报网</title><meta property="og:title" content="$title|${category}|江报"><meta property="og:type"
content="news"><meta property="og:url" content="$url"><meta property="article:author" content="江报"><meta
property="article:published_time" content="$published"><link rel="canonical" href="$url"></head><body>
<div class="ne-header"><div class="ntes_nav_wrap" id="js_N_NTES_wrap"><div class="ntes-nav-main"><a href="/">江报首页</a><div
class="ntes-nav-select-pop"><ul class="ntes-nav-select-list"><li><a href="/app"><span><em class="ntes-nav-app-newsapp">江报新闻</em>
</span></a></li></ul></div></div></div></div><div class="container clearfix" id="container" data-wemediaid=""><div class="post_area
clearfix"><div class="post_crumb"><a href="/">江报首页</a> &gt; <a href="/news">新闻中心</a> &gt; 正文</div></div><div class="wrapper
clearfix"><div class="post_main"><h1 class="post_title">$title</h1><div class="post_info">2025-11-20 09:15:00　来源: <a href="#"
target="_blank">江城晚报</a><span class="post_info_loc">江苏</span><a href="#" class="post_jubao">举报</a></div>
<div class="post_comment_fav"><div class="post_top_tie"><a class="post_top_tie_count" href="#">0</a></div><div
class="post_top_share"><span class="post_top_share_title">分享至</span><ul class="post_share"><li class="share_weixin"><a
href="#"><span>用微信扫码二维码</span><p>分享至好友和朋友圈</p></a></li></ul></div></div><div class="post_content" id="content"><div
class="post_top"></div><div class="post_body">$body</div><div class="post_author"><p>责任编辑：$author</p></div><div
class="post_statement">特别声明：以上内容(如有图片或视频亦包括在内)为自媒体平台“江报号”用户上传并发布，本平台仅提供信息存储服务。</div></div>
<div class="post_next"><div class="post_next_title">相关推荐</div><div class="post_recommends">$cards</div></div><div
class="tie-area"><div class="tie-cnt">$comments</div></div></div><div class="post_side"><div class="mod_hot_rank"><div
class="title"><h2>热点排行</h2></div><ul>$cards</ul></div></div></div></div><div class="ne-foot"><a href="/about">About NetEase</a>
<span>公司简介 - 联系方法 - 招聘信息 - 客户服务 - 隐私政策</span></div></body></html>"""
    news = Markup(
        heading="<p><strong>{}</strong></p>",
        p='<p id="3Q1">{}</p>',
        figure='<p class="f_center"><img src="https://nimg.example.org/a.jpg"><br>{}</p>',
    )
    parts = {
        "body": news.body(story),
        "comments": comments(
            '<div class="tie-item"><div class="tie-author">{name}</div><div class="tie-bdy">{text}</div></div>'
        ),
        "cards": cards(
            '<div class="post_recommend_item"><h3><a href="/x">{title}</a></h3><p>{excerpt}</p><span>{day}</span></div>'
        ),
    }
    return Page(fill(html, story, **parts), published=story.published, url=story.url)


def baidu(story: Story) -> Page:
    """A page whose class names are made by a bundler and tell little; the date stands in the header without its label."""
    html = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>$title</title><meta name="referrer" content="always"></head><body>
<div id="app"><div class="index-module_headerWrap_jtQ2L"><div class="header"><div class="header-wrapper"><a
class="index-module_homeBtn_1j0kA" href="/">百家首页</a><span class="index-module_login_8aXz">登录</span></div></div></div>
<div class="app-module_contentWrapper_12t6r app-module_widescreen_2yxLR"><div class="app-module_leftSection_EaCvy" id="ssr-content">
<div class="EaCvy"><div class="index-module_articleTitle_28fPT"><div class="sKHSJ" style="font-size: 26px;"><h1>$title</h1></div></div>
<div class="index-module_articleDesc_QTUxP"><div class="_7y5nA"><div class="index-module_authorTxt_V6FJV"><p
class="index-module_authorName_7y5nA">$author</p><div class="index-module_articleSource_2dw16"><span
data-testid="updatetime">2025-11-20 09:15</span><span>江城</span><span>城市观察官方账号</span></div></div></div></div>
<div class="_18p7x" data-testid="article">$body</div>
<div class="index-module_editArea_3xKn2"><span>编辑：林一</span><span>举报/反馈</span></div><div
class="index-module_interaction_5Tqz"><span>点赞</span><span>12</span></div></div>
<div class="xcp-list-wrapper"><div class="xcp-publish-title">发表评论</div><div class="xcp-publish-main"><div>发表神评妙论</div></div><div
class="xcp-list"><div class="xcp-list-title">评论列表（3条）</div>$comments</div></div></div>
<div class="app-module_rightSection_vlJZ1" id="app_right"><div class="index-module_accountWrap_3bvN7"><div>作者最新文章</div>$cards</div>
<div class="_2qUuD"><h2 class="_3A5Mz">相关推荐</h2>$cards</div></div></div><div class="index-module_footer_gGHt"><p>京ICP证000000号
使用前必读 意见反馈 京公网安备00000000000000号 ©Baidu</p></div></div></body></html>"""
    bundled = Markup(
        p='<div class="dpu8C _2kCxD"><p><span class="bjh-p">{}</span></p></div>',
        heading='<div class="dpu8C _2kCxD"><h3><span class="bjh-h3">{}</span></h3></div>',
        ul='<div class="dpu8C"><ul>{}</ul></div>',
        figure='<div class="_1j2kC"><img src="https://pics.example.org/a.jpg" width="550"><div class="_2FqZ">{}</div></div>',
    )
    parts = {
        "body": bundled.body(story),
        "comments": comments(
            '<div class="xcp-item"><h5 class="user-bar-uname">{name}</h5><div class="x-interact-rich-text">{text}</div></div>'
        ),
        "cards": cards('<div class="_1gFpw"><a href="/x"><h3>{title}</h3></a><div class="_1Iv6S">{day}</div></div>'),
    }
    return Page(fill(html, story, **parts), published="2025-11-20T09:15:00", author=story.author)


LAYOUTS = {
    "dedecms": dedecms,
    "layout tables": tables,
    "WeChat": wechat,
    "NetEase": netease,
    "Baijiahao": baidu,
}
