"""Hostile and broken inputs, each beside two good articles: refused with a reason, or cleaned, and harming nothing."""

import io
import os
import re
import socket
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus.records import Outcome, Run
from ingest import pdf as pdf_module
from ingest.pdf_reader import ReaderLimits
from ingest.run import run_ingest
from tests.ingest import hostile as h
from tests.ingest.hostile import MEGABYTE, WORDS, Case, Made, Trap

Write = Callable[..., Path]

SECRET = "The password of the vault is xyzzy."
GOOD = {
    "a-good.md": "# First of two\n\nThe first good article says what it says.\n",
    "z-good.md": "# Last of two\n\nThe last good article says something else.\n",
}
TEXTS = {"The first good article says what it says.", "The last good article says something else."}
SECONDS = 30  # on two busy cores; the slowest takes about a third of it on an old one that is idle
MOST_MEMORY = 700  # megabytes that reading one may take beyond what is in use

XML = {
    "entities: a billion laughs": Case("m.xml", h.export(h.item("&b8;"), doctype=h.laughs()).encode(), "document type"),
    "entities: quadratic": Case("m.xml", h.export(h.item("&q;" * 5000), doctype=h.blowup()).encode(), "document type"),
    "entities: a file": Case("m.xml", Made(h.export(h.item("&x;"), doctype=h.external("{file}"))), "document type"),
    "entities: an address": Case("m.xml", Made(h.export(h.item("&x;"), doctype=h.external("{url}"))), "document type"),
    "entities: a parameter": Case(
        "m.xml", Made(h.export(h.item("x"), doctype='<!DOCTYPE x [<!ENTITY % p SYSTEM "{url}"> %p;]>')), "document type"
    ),
    "document type elsewhere": Case(
        "m.xml", Made(h.export(h.item("x"), doctype='<!DOCTYPE x SYSTEM "{url}">')), "document type"
    ),
    "XML that is no export": Case("m.xml", b"<?xml version='1.0'?><urlset/>", "not a WordPress export"),
    "XML that is a PDF": Case("m.xml", h.pdf([h.drawn()]), "not a WordPress export"),
    "XML nested deep": Case(
        "m.xml", Made("<a>", times=100_000, head=h.export("").partition("<title>")[0]), "broken off"
    ),
    "XML cut off": Case("m.xml", h.export(h.item(WORDS))[:-60].encode(), "broken off"),
    "export, post of 11 MB": Case(
        "m.xml",
        Made("x", times=11 * MEGABYTE, head=h.export("#").split("#")[0] + "<item><title>", tail="</title></item>"),
        "broken off|not published",
    ),
    "export, private": Case("m.xml", h.export(h.item(WORDS, status="private")).encode(), "not published: private"),
    "export, ids with paths": Case("m.xml", h.export(h.item(WORDS, number="../../x")).encode(), has=[WORDS]),
    "export, scripts in a post": Case(
        "m.xml",
        h.export(h.item(f"<![CDATA[<p onclick='x()'>{WORDS}</p><script>evil()</script>]]>")).encode(),
        has=[WORDS],
        lacks=["evil", "onclick"],
    ),
    "export, UTF-16 without telling": Case(
        "m.xml", h.export(h.item(WORDS)).encode("utf-16-le"), "not a WordPress export"
    ),
}

DOCX = {
    "DOCX, entities": Case("m.docx", h.docx(h.document(h.paragraph("&b8;"), doctype=h.laughs())), "document type"),
    "DOCX, quadratic entities": Case(
        "m.docx", h.docx(h.document(h.paragraph("&q;") * 5000, doctype=h.blowup())), "document type"
    ),
    "DOCX, a file as entity": Case(
        "m.docx", h.docx(h.document(h.paragraph("&x;"), doctype=h.external("/etc/passwd"))), "document type"
    ),
    "DOCX, entities in UTF-16": Case(
        "m.docx",
        h.docx(h.document(h.paragraph(WORDS + "&b8;"), doctype=h.laughs()).encode("utf-16")),
        "document type|broken",
    ),
    "DOCX, entities in the types": Case("m.docx", h.docx(types=h.laughs() + "<Types>&b8;</Types>"), "document type"),
    "DOCX, a part of 100 MB": Case("m.docx", h.docx(b" " * 100 * MEGABYTE), "unpacks to more than 20 MB"),
    "DOCX, a picture of 200 MB": Case(
        "m.docx", h.docx(more=[("word/media/a.png", b"\0" * 200 * MEGABYTE)]), has=[WORDS]
    ),
    "DOCX, 19 MB of empty paragraphs": Case(
        "m.docx", h.docx(h.document("<w:p/>" * 3_000_000)), "more than 500,000 elements"
    ),
    "DOCX, 60,000 paragraphs": Case("m.docx", h.docx(h.document(h.paragraph("a") * 60_000)), "more than 50,000 lines"),
    "DOCX, 2 MB of text": Case("m.docx", h.docx(h.document(h.paragraph(WORDS * 30_000))), "more than 1,000,000 char"),
    "DOCX, 20,000 members": Case(
        "m.docx", h.archive([(f"{n}.xml", b"") for n in range(20_000)]), "holds more than 5,000"
    ),
    "DOCX, overlapping members": Case("m.docx", h.overlapping(), "unpacks to more than|broken"),
    "DOCX, an archive in an archive": Case(
        "m.docx", h.archive([("a.zip", h.archive([("b.zip", h.docx())]))]), "broken"
    ),
    "DOCX, a size that lies": Case("m.docx", h.lying(), "broken"),
    "DOCX, names that lead out": Case("m.docx", h.docx(more=[("../../evil.xml", b"<x/>")]), "outside it: ../../evil"),
    "DOCX, absolute names": Case("m.docx", h.docx(more=[("/etc/cron.d/evil", b"x")]), "outside it: /etc/cron"),
    "DOCX, the same name twice": Case("m.docx", h.docx().replace(b"_rels/.rels", b"word/d.xmll"), "broken"),
    "DOCX, no document.xml": Case("m.docx", h.docx_without("word/document.xml"), "not a Word document"),
    "DOCX, no content types": Case("m.docx", h.docx_without("[Content_Types].xml"), "not a Word document"),
    "DOCX, macros": Case("m.docx", h.macros(), "macros: save it as .docx without"),
    "DOCX, declared with macros": Case("m.docx", h.macro_types(), "not a Word document"),
    "DOCX, cut off": Case("m.docx", h.docx()[:-40], "broken"),
    "DOCX, encrypted or an old .doc": Case(
        "m.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "encrypted, or from"
    ),
    "DOCX, any zip": Case("m.docx", h.archive([("a.txt", b"x")]), "not a Word document"),
    "DOCX that is a web page": Case("m.docx", b"<!DOCTYPE html><html><p>x", "looks like a web page"),
    "DOCX nested deep": Case("m.docx", h.docx(h.document("<w:sdt>" * 5000 + "</w:sdt>" * 5000)), "broken"),
    "DOCX, zeros": Case("m.docx", b"\0" * 4096, "not a Word document"),
}

_LOOP = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>", b"null", b"<< >>"]
PDFS = {
    "PDF, no bytes": Case("m.pdf", b"", "empty"),
    "PDF, cut off": Case("m.pdf", h.pdf([h.drawn()])[:400], "broken|no text"),
    "PDF, another header": Case("m.pdf", h.pdf([h.drawn()]).replace(b"%PDF-", b"%XYZ-"), "not a PDF file"),
    "PDF that is a picture": Case("m.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "looks like a picture"),
    "PDF that is a web page": Case("m.pdf", b"<html><body>404</body></html>", "looks like a web page"),
    "PDF, a password to read": Case("m.pdf", h.encrypted("secret"), "encrypted: save it without"),
    "PDF, a password to change": Case("m.pdf", h.encrypted(""), has=["valley was set up"]),
    "PDF, scanned": Case("m.pdf", h.pdf([b"q 595 0 0 842 0 0 cm Q"]), r"no text in it.*\(OCR\)"),
    "PDF, pages that hold themselves": Case("m.pdf", h.assembled(_LOOP), "broken|nested deeper"),
    "PDF, pages 3,000 deep": Case(
        "m.pdf",
        h.assembled(
            _LOOP[:1]
            + [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % n for n in (5, 3, 4)]
            + [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (n + 1) for n in range(5, 3000)]
        ),
        "broken|nested deeper|no text",
    ),
    "PDF, references in a ring": Case(
        "m.pdf",
        h.pdf([h.drawn()]).replace(b"/Encoding /WinAnsiEncoding", b"/Encoding 3 0 R       "),
        has=["valley was set up"],
    ),
    "PDF, forms that draw themselves": Case(
        "m.pdf", h.pdf([h.drawn() + b" /X Do"], more=[h.form(b"/X Do " * 100)]), has=["valley was set up"]
    ),
    "PDF, a page of 1 GB": Case("m.pdf", h.pdf([b" " * 1000 * MEGABYTE]), "page 1 unpacks to more than 10 MB"),
    "PDF, a page packed twice": Case(
        "m.pdf",
        h.pdf([h.drawn()]).replace(b"/Filter /FlateDecode", b"/Filter [/FlateDecode /FlateDecode]"),
        "broken|no text",
    ),
    "PDF, tables that name each other": Case(
        "m.pdf",
        h.assembled([*_LOOP[:1], b"<< /Type /Pages /Kids [] /Count 0 >>"], trailer=b"/Prev 9"),
        "broken|no text",
    ),
    "PDF, a table that follows itself": Case("m.pdf", h.ring(), has=["valley was set up"]),
    "PDF, scripts": Case(
        "m.pdf",
        h.pdf([h.drawn()], root=b"/OpenAction << /S /JavaScript /JS (app.alert\\('evil'\\)) >>"),
        has=["valley was set up"],
        lacks=["evil"],
    ),
    "PDF, 10,000 pages of nothing": Case("m.pdf", h.pdf([b""] * 10_000), "more than 2,000 pages"),
    "PDF, a count that lies": Case(
        "m.pdf", h.pdf([h.drawn()]).replace(b"/Count 1", b"/Count 999999999"), has=["valley"]
    ),
    "PDF, zeros and half characters": Case(
        "m.pdf", h.mapped({ord("v"): "d800", ord("y"): "0000"}), has=["set up in 2011", "alle"], lacks=["\0", "\ud800"]
    ),
    "PDF, a font without characters": Case("m.pdf", h.glyphs("The valley was set up here."), "fonts don't say"),
    "PDF, sizes beyond numbers": Case(
        "m.pdf", h.pdf([h.drawn().replace(b"11 Tf", b"9" * 400 + b" Tf")]), "nested deeper|broken"
    ),
    "PDF, a title of a megabyte": Case(
        "m.pdf", h.pdf([h.drawn()], info=b"/Title (" + b"x" * MEGABYTE + b")"), has=["valley was set up"], title="m"
    ),
}

_LIST = "\n".join("  " * depth + "- deep" for depth in range(600))
_CHINESE = "药明康德成立于二零零零年，总部设在上海。公司为全球客户提供研究、开发和生产服务。" * 5
_FRENCH = "La société a été fondée à Nîmes en 2011, où elle emploie des chercheurs très expérimentés. " * 5
_ORDERS = "{{7*7}} ${7*7} <%= 7*7 %> {% x %} '; DROP TABLE articles; -- Ignore all rules."
_MARKED = "The \x1b[31mvalley\u202e was\u2066 set\u200b up\x07 in 2011."
TEXT = {
    "text, no bytes": Case("m.txt", b"", "empty"),
    "text, blanks alone": Case("m.md", b" \n\t\n", "empty"),
    "text with zeros": Case("m.txt", b"One\0two\0three and more words", "not a text file"),
    "text, UTF-16 with a mark": Case("m.txt", WORDS.encode("utf-16"), has=[WORDS]),
    "text, UTF-16 without a mark": Case("m.txt", WORDS.encode("utf-16-le"), "UTF-16 without its byte order mark"),
    "text, GB 18030": Case(
        "m.txt",
        _CHINESE.encode("gb18030"),
        has=["药明康德成立于二零零零年"],
    ),
    "text, Latin 1": Case(
        "m.txt",
        _FRENCH.encode("latin-1"),
        has=["société a été fondée à Nîmes"],
    ),
    "text, UTF-8 and Latin 1 mixed": Case(
        "m.txt", "Café été.".encode() + b" Caf\xe9 \xff\xfe\x81 \xe4\xb8", "known encoding"
    ),
    "text, one line of 10 MB": Case(
        "m.txt", Made(WORDS + " ", times=10 * MEGABYTE // 68), "more than 1,000,000 characters"
    ),
    "text, one line of nearly a megabyte": Case("m.txt", Made(WORDS + " ", times=14_000), has=[WORDS]),
    "text, one word of nearly a megabyte": Case("m.md", Made("a", times=900_000), has=["aaaa"]),
    "text, over 20 MB": Case("m.txt", Made(b"x", times=21 * MEGABYTE), "larger than 20 MB"),
    "text that is a PDF": Case("m.txt", h.pdf([h.drawn()]), "looks like a PDF file"),
    "text that is a web page": Case("m.txt", b"<!doctype html><html><body>x", "looks like a web page"),
    "Markdown that is a zip": Case("m.md", h.docx(), "looks like a zip archive"),
    "Markdown that is a picture": Case("m.md", b"\xff\xd8\xff\xe0" + b"\0" * 99, "looks like a picture"),
    "Markdown that is RTF": Case("m.md", rb"{\rtf1\ansi hello}", "looks like a rich text"),
    "Markdown, 200,000 headings": Case("m.md", Made("## A\n\n", times=200_000), "more than"),
    "Markdown, lists 600 deep": Case("m.md", f"{WORDS}\n\n{_LIST}\n".encode(), has=[WORDS, "deep"]),
    "Markdown, quotes 10,000 deep": Case("m.md", (">" * 10_000 + " x\n\n" + WORDS).encode(), has=[WORDS]),
    "Markdown, brackets without end": Case("m.md", Made("[", times=50_000, tail="\n\n" + WORDS), has=[WORDS]),
    "Markdown, stars without end": Case("m.md", Made("*a _b ", times=20_000, tail="\n\n" + WORDS), has=[WORDS]),
    "Markdown, a table of 400,000 cells": Case("m.md", Made("|a" * 1000 + "\n", times=400), "more than 100,000 table"),
    "Markdown, a picture as data": Case(
        "m.md", f"{WORDS}\n\n![A](data:image/svg+xml;base64,{'A' * 900_000})\n".encode(), has=[WORDS], lacks=["AAAA"]
    ),
    "Markdown, scripts in it": Case(
        "m.md",
        f"{WORDS}\n\n<script>evil()</script>\n\n[a](javascript:evil()) <b onclick='evil()'>bold</b>\n".encode(),
        has=[WORDS, "bold"],
        lacks=["evil"],
    ),
    "text that gives orders": Case(
        "m.txt",
        f"{WORDS}\n\n{_ORDERS}".encode(),
        has=[_ORDERS],
    ),
    "text, controls and marks of direction": Case(
        "m.txt",
        _MARKED.encode(),
        has=["valley was set up in 2011."],
        lacks=["\x1b", "\u202e", "\u200b", "\x07", "\u2066"],
    ),
}

_BOMB = "\n".join(
    ["a0: &a0 [x,x,x,x,x,x,x,x,x,x]"] + [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
)
FRONT = {
    "front matter, aliases": Case("m.md", f"---\n{_BOMB}\npublished: *a9\n---\n{WORDS}".encode(), "line 3: an alias"),
    "front matter, a ring": Case("m.md", f"---\ncategories: &a [*a]\n---\n{WORDS}".encode(), "an alias"),
    "front matter, objects of Python": Case(
        "m.md", h.front(title='!!python/object/apply:os.system ["touch pwned"]'), "broken front matter at line 2"
    ),
    "front matter, a list": Case("m.md", f"---\n- a\n- b\n---\n{WORDS}".encode(), "not 'key: value' lines"),
    "front matter, never closed": Case("m.md", f"---\ntitle: x\n\n{WORDS}".encode(), "never closed"),
    "front matter, a megabyte": Case("m.md", Made("k: v\n", times=30_000, head="---\n", tail="---\nx"), "20,000 char"),
    "front matter, nested deep": Case("m.md", h.front(title="[" * 5000), "broken front matter"),
    "front matter, a number of 9,000 digits": Case("m.md", h.front(id="9" * 9000), "broken front matter"),
    "front matter, month 13": Case("m.md", h.front(published="2025-13-45"), "dates as 2025-11-20"),
    "front matter, year 0": Case("m.md", h.front(published="0000-01-01"), "dates as 2025-11-20"),
    "front matter, year 99999": Case("m.md", h.front(published="99999-01-01"), "'published' is not a date"),
    "front matter, a date to come": Case("m.md", h.front(published="2999-01-01"), has=[WORDS]),
    "front matter, a date that is a map": Case("m.md", h.front(published="{a: b}"), "'published' is not a date"),
    "front matter, a title of 100 kB": Case("m.md", h.front(title="x" * 100_000), "20,000 characters"),
    "front matter, a title with controls": Case("m.md", h.front(title=r'"A \u202e\n\x07 B"'), has=[WORDS], title="A B"),
    "front matter, a title that is a path": Case(
        "m.md", h.front(title="../../etc/passwd"), has=[WORDS], title="../../etc/passwd"
    ),
    "front matter, a title that is a template": Case(
        "m.md", h.front(title="'{{7*7}} ${x} <script>'"), has=[WORDS], title="{{7*7}} ${x} <script>"
    ),
    "front matter, an id that is a path": Case("m.md", h.front(id="../../evil"), has=[WORDS]),
    "front matter, an id with a zero": Case("m.md", h.front(id=r'"a\0/b"'), has=[WORDS]),
    "front matter, a script as address": Case("m.md", h.front(url="javascript:evil()"), "'url' is not a web address"),
    "front matter, data as address": Case("m.md", h.front(url="data:text/html,evil"), "'url' is not a web address"),
    "front matter, a file as address": Case("m.md", h.front(url="file:///etc/passwd"), "'url' is not a web address"),
    "front matter, an address of no host": Case("m.md", h.front(url="http://[::1"), "'url' is not a web address"),
}

_PAGE = "<html><head><title>Page</title></head><body><article><p>" + WORDS + "</p>{}</article></body></html>"


def page(more: str) -> bytes:
    return _PAGE.replace("{}", more).encode()


_SCRIPTS = "<script>evil()</script><style>.evil{}</style><p onclick='evil()'>Many firms came.</p><iframe srcdoc='evil'>"
_REFRESH = b'<head><meta http-equiv="refresh" content="0;url={url}"><base href="{url}">'
_OBJECTS = '<img src="{url}"><link rel=stylesheet href="{url}"><object data="{file}"></object>'
_CANONICAL = b'<head><link rel=canonical href="javascript:evil()">'
HTML = {
    "HTML, entities": Case("m.html", h.laughs().encode() + page("<p>&b8;</p>"), has=[WORDS], lacks=["laughlaugh"]),
    "HTML, a file as entity": Case("m.html", Made(h.external("{file}"), tail=page("<p>&x;</p>")), has=[WORDS]),
    "HTML, entities in SVG": Case("m.html", page(f"<svg>{h.laughs()}<text>&b8;</text></svg>"), has=[WORDS]),
    "HTML, nested 10,000 deep": Case(
        "m.html", Made("<div>", times=10_000, head=_PAGE.partition("{}")[0], tail="deep"), has=[WORDS]
    ),
    "HTML, tags never closed": Case(
        "m.html", Made("<p><b><i><a href=x>", times=2000, head=_PAGE.partition("{}")[0]), has=[WORDS]
    ),
    "HTML, an attribute of 1 MB": Case(
        "m.html", page(f'<p class="{"x" * MEGABYTE}">More words.</p>'), has=[WORDS], lacks=["xxxx"]
    ),
    "HTML, a table of 100,000 cells": Case(
        "m.html", page("<table>" + ("<tr>" + "<td>c</td>" * 10) * 10_000 + "</table>"), has=[WORDS]
    ),
    "HTML, scripts, styles and handlers": Case(
        "m.html",
        page(_SCRIPTS),
        has=[WORDS, "Many firms came."],
        lacks=["evil"],
    ),
    "HTML, data as picture": Case(
        "m.html", page(f'<img src="data:image/png;base64,{"A" * MEGABYTE}">'), has=[WORDS], lacks=["AAAA"]
    ),
    "HTML, refresh and base": Case(
        "m.html",
        Made(page("").replace(b"<head>", _REFRESH)),
        has=[WORDS],
        lacks=["127.0.0.1"],
    ),
    "HTML, pictures and styles elsewhere": Case("m.html", Made(page(_OBJECTS)), has=[WORDS]),
    "HTML, JSON-LD of 2 MB": Case(
        "m.html", page(f'<script type="application/ld+json">{"[" * 2 * MEGABYTE}</script>'), has=[WORDS]
    ),
    "HTML, a script as canonical address": Case(
        "m.html", page("").replace(b"<head>", _CANONICAL), has=[WORDS], fields={"url": None}
    ),
    "HTML that is a PDF": Case("m.html", h.pdf([h.drawn()]), "looks like a PDF file|not a text file"),
    "HTML, zeros": Case("m.html", b"<html>\0\0\0<p>x", "not a text file"),
    "HTML, comments without end": Case(
        "m.html", Made("<!--", times=50_000, head=_PAGE.partition("{}")[0]), has=[WORDS]
    ),
    "HTML, a title of 100 kB": Case("m.html", page("").replace(b"Page", b"x" * 100_000), "title"),
    "HTML, 900 kB of angle brackets": Case(
        "m.html", Made("<", times=900_000, head=_PAGE.partition("{}")[0]), has=[WORDS]
    ),
}

_ONE = {"title": "One", "text": WORDS}
LISTS = {
    "JSON lines, none": Case("m.jsonl", b"", "no line has a"),
    "JSON lines, broken": Case("m.jsonl", h.jsonl(_ONE) + b'\n{"text": ', "line 2 is not JSON", also=1),
    "JSON lines, nested deep": Case(
        "m.jsonl", h.jsonl(_ONE) + b'\n{"text": ' + b"[" * 200_000, "nested too deep", also=1
    ),
    "JSON lines, a line of 10 MB": Case(
        "m.jsonl",
        Made("x", times=10 * MEGABYTE, head=h.jsonl(_ONE) + b'\n{"text": "', tail='"}'),
        "more than 1,000,000 char",
        also=1,
    ),
    "JSON lines, a line of 60 MB": Case(
        "m.jsonl",
        Made("x", times=60 * MEGABYTE, head=h.jsonl(_ONE) + b'\n{"text": "', tail='"}'),
        "longer than 20 MB",
        also=1,
    ),
    "JSON lines, a number as text": Case("m.jsonl", h.jsonl(_ONE, {"text": 5}), 'line 2 has no "text"', also=1),
    "JSON lines, a list": Case("m.jsonl", h.jsonl(_ONE, ["text"]), 'line 2 has no "text"', also=1),
    "JSON lines, an array of all": Case("m.jsonl", h.jsonl([_ONE]), 'line 1 has no "text"'),
    "JSON lines, a title that is a map": Case(
        "m.jsonl", h.jsonl(_ONE, {"title": {"a": 1}, "text": "x"}), "'title' is not a text", also=1
    ),
    "JSON lines, no number": Case("m.jsonl", b'{"text": "x", "id": NaN}', "NaN is no number"),
    "JSON lines, a key twice": Case(
        "m.jsonl", b'{"text": "first words", "text": "second words"}', has=["second words"]
    ),
    "JSON lines, mark and line ends": Case("m.jsonl", b"\xef\xbb\xbf" + h.jsonl(_ONE) + b"\r\n\r\n", has=[WORDS]),
    "JSON lines, half characters": Case(
        "m.jsonl", h.jsonl({"title": "A\ud800B", "text": f"{WORDS}\udfff"}), has=[WORDS], title="AB"
    ),
    "JSON lines, zeros": Case("m.jsonl", h.jsonl({"title": "A\0B", "text": f"{WORDS}\0"}), has=[WORDS], title="AB"),
    "JSON lines, an id twice": Case(
        "m.jsonl",
        h.jsonl(_ONE | {"id": "x"}, {"id": "x", "title": "Two", "text": "Other words."}),
        "the same article as",
        also=1,
    ),
    "JSON lines, an id that is a path": Case("m.jsonl", h.jsonl(_ONE | {"id": "../../evil\0"}), has=[WORDS]),
    "JSON lines, a title of 100 kB": Case("m.jsonl", h.jsonl(_ONE | {"title": "x" * 100_000}), "title"),
    "JSON lines that are an archive": Case("m.jsonl", h.docx(), "looks like a zip archive"),
    "JSON lines, UTF-16": Case("m.jsonl", h.jsonl(_ONE).decode().encode("utf-16"), "not a list of articles"),
}

CASES = XML | DOCX | PDFS | TEXT | FRONT | HTML | LISTS


@pytest.fixture
def trap(tmp_path: Path) -> Iterator[Trap]:
    """A file outside the folder and a listening address; whoever comes to the address fails the test."""
    secret = tmp_path / "secret.md"
    secret.write_text(SECRET)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield Trap(str(secret), f"http://127.0.0.1:{listening.getsockname()[1]}/x")
        with pytest.raises(BlockingIOError):
            listening.accept()


def ingested(library: Any, place: Path) -> Run:
    """Ingest a folder, and see that the two good articles arrive, the counts add up and nothing strange is kept."""
    before = resident()
    Path("/proc/self/clear_refs").write_text("5")  # the highest mark of memory counts from here
    started = time.monotonic()
    run = run_ingest(library, [str(place)])
    assert time.monotonic() - started < SECONDS
    assert resident("VmHWM") - before < MOST_MEMORY
    outcomes = {item.address: item.outcome for item in run.items}
    assert len(outcomes) == len(run.items)
    assert [outcomes[f"posts/{name}"] for name in GOOD] == [Outcome.ADDED] * 2
    assert {article.text for article in library.held.values()} >= TEXTS
    counts = run.counts
    assert (
        counts["seen"] == len(run.items) == counts["added"] + counts["refused"] == len(library.held) + counts["refused"]
    )
    for item in run.items:
        item.address.encode()
        assert item.reason is None or (item.reason and len(item.reason) < 250 and item.reason.isprintable())
    for article in library.held.values():
        seen = f"{article.id} {article.title} {article.text} {article.author}"
        seen.encode()  # no half characters
        assert SECRET not in seen
        assert "\0" not in seen
        assert re.fullmatch(r"[\w.-]+", article.id)
        assert all(block.span.of(article.text) for block in article.blocks)
    return run


def resident(name: str = "VmRSS") -> int:
    """Memory of this process in megabytes."""
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(name))
    return int(line.split()[1]) // 1024


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in CASES.items()])
@pytest.mark.timeout(60)
def test_one_bad_input_harms_nothing(library: Any, folder: Write, trap: Trap, case: Case) -> None:
    run = ingested(library, folder({**GOOD, case.name: case.bytes(trap)}))
    others = [item for item in run.items if item.address.removeprefix("posts/") not in GOOD]
    added = [library.held[item.article_id] for item in others if item.article_id]
    refused = [str(item.reason) for item in others if item.outcome is Outcome.REFUSED]
    if case.refused:
        assert len(added) == case.also
        assert len(refused) == 1
        assert re.search(case.refused, refused[0])
        return
    assert not refused
    (article,) = added
    assert [words for words in case.has if words not in article.text] == []
    assert [words for words in case.lacks if words in f"{article.title} {article.text}"] == []
    assert case.title in (None, article.title)
    assert {name: getattr(article, name) for name in case.fields} == case.fields


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 80


@pytest.mark.parametrize(
    ("limits", "page", "reason"),
    [
        pytest.param(ReaderLimits(seconds=1), b"/X Do " * 4000, "takes more than 1 seconds to read", id="time"),
        pytest.param(
            ReaderLimits(memory=120 * MEGABYTE), b"1 2 3 4 5 6 cm " * 200_000, "more than 120 MB of memory", id="memory"
        ),
    ],
)
def test_a_pdf_that_goes_on_and_on_is_ended(
    library: Any, folder: Write, limits: ReaderLimits, page: bytes, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_module, "LIMITS", limits)
    body = h.pdf([page], more=[h.form(b"q Q " * 400_000)])
    run = ingested(library, folder({**GOOD, "m.pdf": body}))
    assert reason in reasons(run)["posts/m.pdf"]


def reasons(run: Run) -> dict[str, str]:
    """The refusals of a run."""
    return {item.address: str(item.reason) for item in run.items if item.outcome is Outcome.REFUSED}


def linked_out(place: Path, trap: Trap) -> None:
    (place / "m.md").symlink_to(trap.file)


def linked_in_a_ring(place: Path, trap: Trap) -> None:
    (place / "m.md").symlink_to(place / "n.md")
    (place / "n.md").symlink_to(place / "m.md")


def linked_to_a_device(place: Path, trap: Trap) -> None:
    (place / "m.md").symlink_to("/dev/zero")


def linked_folder_outside(place: Path, trap: Trap) -> None:
    (place / "m.md").symlink_to(Path(trap.file).parent, target_is_directory=True)


def pipe(place: Path, trap: Trap) -> None:
    os.mkfifo(place / "m.md")


def device(place: Path, trap: Trap) -> None:
    try:
        os.mknod(place / "m.md", 0o666 | stat.S_IFCHR, os.makedev(1, 5))  # /dev/zero
    except PermissionError:
        pytest.skip("devices can't be made here")


def talking_socket(place: Path, trap: Trap) -> None:
    before = Path.cwd()
    os.chdir(place)  # the name of a socket may not be as long as a test's path
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("m.md")
    finally:
        os.chdir(before)


def of_another_kind(place: Path, trap: Trap) -> None:
    (place / "m.exe").write_bytes(b"MZ\x90\0")


def hard_link(place: Path, trap: Trap) -> None:
    os.link(place / "a-good.md", place / "m.md")


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        pytest.param(linked_out, "leads out of the folder", id="a link out of the folder"),
        pytest.param(linked_folder_outside, "leads out of the folder", id="a link to a folder outside"),
        pytest.param(linked_in_a_ring, "can't be read|leads out|not a regular", id="links in a ring"),
        pytest.param(linked_to_a_device, "leads out of the folder", id="a link to a device"),
        pytest.param(pipe, "not a regular file", id="a pipe"),
        pytest.param(device, "not a regular file", id="a device"),
        pytest.param(talking_socket, "not a regular file", id="a socket"),
        pytest.param(of_another_kind, r"not a kind of file that ingest reads \(\.exe\)", id="a program"),
        pytest.param(hard_link, "same text as", id="a second name of the same file"),
    ],
)
def test_what_is_no_file_of_this_folder_is_refused(
    library: Any, folder: Write, trap: Trap, make: Callable[[Path, Trap], None], reason: str
) -> None:
    place = folder(GOOD)
    make(place, trap)
    refused = reasons(ingested(library, place))
    assert refused
    assert all(re.search(reason, found) for found in refused.values())
    assert len(library.held) == 2


def folder_named_as_a_file(place: Path) -> None:
    (place / "m.md").mkdir()
    (place / "m.md" / "n.md").write_text(WORDS)


def folder_in_itself(place: Path) -> None:
    (place / "m").symlink_to(place, target_is_directory=True)
    (place / "m.md").write_text(WORDS)


def hidden_beside(place: Path) -> None:
    (place / ".m.md").write_text("Hidden words.")
    (place / ".m").mkdir()
    (place / ".m" / "n.md").write_text("Hidden words.")
    (place / "m.md").write_text(WORDS)


def named(name: str | bytes) -> Callable[[Path], None]:
    def make(place: Path) -> None:
        Path(os.fsdecode(os.fsencode(place) + b"/" + os.fsencode(name))).write_text(WORDS)

    return make


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(folder_named_as_a_file, id="a folder named as a file"),
        pytest.param(folder_in_itself, id="a folder in itself"),
        pytest.param(hidden_beside, id="hidden files beside it"),
        pytest.param(named("one\ntwo\r\t\x1b[31m\u202e.md"), id="a name with line ends and controls"),
        pytest.param(named("n" * 252 + ".md"), id="a long name"),
        pytest.param(named(b"caf\xe9 \xff.md"), id="a name that is not UTF-8"),
        pytest.param(named("报告 🚀.md"), id="a name with an emoji"),
        pytest.param(named("-rf.md"), id="a name like an option"),
        pytest.param(named("{{7*7}} ${x} '; DROP TABLE--.md"), id="a name like a template"),
        pytest.param(named("%2e%2e%2fetc.md"), id="a name like an encoded path"),
    ],
)
def test_odd_names_and_places_do_no_harm(library: Any, folder: Write, make: Callable[[Path], None]) -> None:
    place = folder(GOOD)
    make(place)
    run = ingested(library, place)
    assert not reasons(run)
    assert all(item.address.isprintable() for item in run.items)
    assert sorted(article.text for article in library.held.values()) == sorted([*TEXTS, WORDS])


def at_opening(monkeypatch: pytest.MonkeyPatch, path: Path, act: Callable[[], None]) -> None:
    """Have something happen at the moment when a file is about to be opened, however it is."""
    for module, name in ((io, "open"), (os, "open")):
        original = getattr(module, name)

        def opened(file: Any, *args: Any, _original: Any = original, **options: Any) -> Any:
            if not isinstance(file, int) and os.fspath(file) == str(path):
                act()
            return _original(file, *args, **options)

        monkeypatch.setattr(module, name, opened)


def test_a_file_that_vanishes_is_refused(library: Any, folder: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder({**GOOD, "m.md": WORDS}) / "m.md"
    at_opening(monkeypatch, path, lambda: path.unlink(missing_ok=True))
    assert reasons(ingested(library, path.parent)) == {"posts/m.md": "can't be read: No such file or directory"}


def test_a_file_that_may_not_be_read_is_refused(library: Any, folder: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder({**GOOD, "m.md": WORDS}) / "m.md"

    def forbid() -> None:  # the tests may run as root, whom no file's mode keeps out
        raise PermissionError(13, "Permission denied", str(path))

    at_opening(monkeypatch, path, forbid)
    assert reasons(ingested(library, path.parent)) == {"posts/m.md": "can't be read: Permission denied"}


def test_a_file_that_grows_is_refused(library: Any, folder: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder({**GOOD, "m.md": WORDS}) / "m.md"
    at_opening(monkeypatch, path, lambda: os.truncate(path, 900 * MEGABYTE))
    assert "larger than 20 MB" in reasons(ingested(library, path.parent))["posts/m.md"]
