"""Pages and texts made to break a reader: each ends in a recorded problem or reads well, within a bound on time and memory.

Each case runs in a process of its own that the system ends at 30 seconds of processor time or 1.5 GB.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest

from hearsay.page.article import read_text
from hearsay.page.hypertext import read_html
from hearsay.page.inputs import RawReport

P = "<p>Rebels freed two nurses on Friday, the army said.</p>"
S = "Rebels freed two nurses on Friday, the army said. "
BOMB = "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 12)) + "]>"
RUN = """
import json, resource, sys
resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))
from hearsay.page.article import read_text
from hearsay.page.hypertext import read_html
kind, page = json.load(sys.stdin)
page = eval(page, {})
article = (read_html if kind == "html" else read_text)(page)
print(json.dumps([len(article.parts), [p.message for p in article.problems], article.text[-60:]]))
"""
CASES = [
    ("html", f'"<div>" * 1_000_000 + {P!r}', "too deep"),
    ("html", f'"<table><tr><td>" * 300_000 + {P!r}', "too deep"),
    ("html", f'"<b>" * 1_000_000 + {P!r}', ""),
    ("html", f'"<p><i>" * 400_000 + {P!r}', "elements: the rest is not read"),
    ("html", f'"<ul><li>x" * 300_000 + {P!r}', ""),
    ("html", f'"<p " + " ".join(f"a{{i}}=1" for i in range(500_000)) + ">x</p>" + {P!r}', ""),
    ("html", f'"<p class=" + chr(34) + "a-b " * 1_500_000 + chr(34) + ">x</p>" + {P!r}', ""),
    ("html", f'("<span class=author>x" * 200 + "</span>" * 200) * 500 + {P!r}', ""),
    ("html", f'{BOMB!r} + "<p>&a11;</p>" + {P!r}', ""),
    ("html", f'"<p>" + "&" * 3_000_000 + "</p>" + {P!r}', ""),
    ("html", f'"<!--" * 1_000_000 + {P!r}', ""),
    ("html", f'"<script" * 500_000 + {P!r}', ""),
    ("html", f'"<" * 5_000_000 + {P!r}', ""),
    ("html", f'"<script type=application/ld+json>" + "[" * 400_000 + "</script>" + {P!r}', ""),
    ("html", f'"<title>" + "a | " * 1_000_000 + "</title>" + {P!r}', ""),
    ("html", f'{P!r} * 100_000', "more than 6,000 lines"),
    ("html", '"x<br>" * 1_000_000', "more than 6,000 lines"),
    ("html", '"a" * 20_000_000', "cut there"),
    ("text", f'{S!r} * 20_000', ""),
    ("text", '"a" * 9_000_000', ""),
    ("text", f'chr(10) * 9_000_000 + {S!r}', ""),
    ("text", f'"ab" + chr(10) + ("cd" + chr(10)) * 1_000_000 + {S!r}', "more than 6,000 lines"),
    ("text", '("the minister said that the army had left the town on the day" + chr(10)) * 50_000', "more than 6,000 lines"),
    ("text", '"(Reporting by Jane Roe; " * 200_000', ""),
    ("text", '"Ana Ruiz / " * 300_000', ""),
    ("text", '"By Ana Ruiz and " * 300_000', ""),
    ("text", '"1/" * 2_000_000', ""),
    ("text", '"Read more about: " + "a, " * 1_000_000', ""),
    ("text", 'chr(34) * 5_000_000', ""),
    ("text", '(chr(34) + chr(10)) * 1_000_000', "more than 6,000 lines"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "page", "problem"), CASES, ids=[f"{k}-{p[:28]}" for k, p, _ in CASES])
def test_within_bounds(kind: str, page: str, problem: str) -> None:
    done = subprocess.run([sys.executable, "-c", RUN], input=json.dumps([kind, page]).encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()[-500:]
    parts, problems, _ = json.loads(done.stdout)
    assert parts > 0 or problems
    assert any(problem in p for p in problems) if problem else True


@pytest.mark.parametrize("marks", ['"', "“", '" ', "'", "”“", '("', "—"])
def test_a_text_of_nothing_but_marks_is_read_to_its_end_in_time(reader, marks: str) -> None:
    start = time.process_time()
    reading = reader.read(RawReport("marks", text=marks * 50_000, date="2023-03-14"))
    assert reading.attributions == () and reading.problems
    assert time.process_time() - start < 15.0


def test_what_lies_beyond_the_bounds_is_still_in_a_part() -> None:
    text = "Head\n" + "cd\n" * 10_000 + S
    article = read_text(text)
    assert article.text == text and article.parts[-1].span.of(text).endswith(S.strip())
    assert article.parts[-1].rule == "beyond_limit" and article.problems[0].span == article.parts[-1].span


def test_long_attributes_do_not_hide_the_words_of_their_page() -> None:
    data = "<p>x > y</p>" * 6000
    article = read_html(f'<div class="story" data-x="{data}">{P}</div>')
    assert article.text == S.strip()


CHARSETS = ["punycode", "idna", "unicode_escape", "utf-7", "rot13", "zlib", "undefined", "utf-16", "big5", "x-unknown"]


@pytest.mark.parametrize("charset", CHARSETS)
def test_charsets_that_are_none_or_do_not_fit(charset: str) -> None:
    article = read_html(f"<meta charset={charset}>{P}".encode() + b"<p>\xff\xfe\xe9 and so on</p>")
    assert S.strip() in article.text and article.problems


def test_entities_that_a_document_defines_are_not_resolved(opened) -> None:
    feed = f"{BOMB}<rss version='2.0'><channel><item><title>&a11;</title><link>http://e.example</link></item></channel></rss>"
    assert opened("f.xml", feed)[1] == ["f.xml: defines XML entities of its own, which no feed needs: not read"]
    reports, errors = opened("s.xml", f"{BOMB}<urlset><url><loc>http://e.example/&a11;</loc></url></urlset>")
    assert len(str(reports)) + len(str(errors)) < 2000
    outside = "<!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/hostname'>]>"
    item = f"{outside}<newsItem guid='g'><contentSet><inlineData>&f;</inlineData></contentSet></newsItem>"
    assert opened("n.xml", item) == ([], ["n.xml: a newsItem without a text body (class unknown)"])


def test_texts_of_fifty_megabytes_are_refused_before_they_are_read(opened) -> None:
    reports, errors = opened("big.txt", b"word " * 10_000_000)
    assert reports == [] and errors == ["big.txt: larger than 10 MB; split it into one report a file, or give reports as .jsonl"]
