"""Addresses, against a server of our own on loopback: politeness, limits, the cache, and no way into a private network."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from hearsay.errors import InputError
from hearsay.page.fetch import AGENT, Cache, Fetcher
from hearsay.page.fetch.cache import Held
from hearsay.page.fetch.guard import is_private
from hearsay.page.inputs import RawReport, open_inputs

PAGE = b"<html><body><h1>Two freed</h1><p>Rebels freed two nurses on Friday, the army said.</p></body></html>"
Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Site:
    """A small site: what it answers under each path (a function of the request's headers), and what it was asked."""

    pages: dict[str, Answer | Callable[[dict[str, str]], Answer]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    address: str = ""

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked if path != "/robots.txt"]


@pytest.fixture
def site() -> Iterator[Site]:
    held = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            headers = dict(self.headers.items())
            held.asked.append((self.path, headers))
            found = held.pages.get(self.path, (404, {}, b"no"))
            status, said, body = found(headers) if callable(found) else found
            self.send_response(status)
            for name, value in {"Content-Type": "text/html; charset=utf-8", **said}.items():
                self.send_header(name, value)
            self.end_headers()
            for start in range(0, len(body), 100_000):
                try:
                    self.wfile.write(body[start : start + 100_000])
                except OSError:
                    return

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    held.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield held
    server.shutdown()
    server.server_close()


@pytest.fixture
def fetcher(tmp_path: Path) -> Fetcher:
    return Fetcher(allow_private=True, cache=Cache(tmp_path / "cache"), pause_s=0.0, timeout_s=2.0, total_s=4.0)


def fails(fetcher: Fetcher, url: str, *, most: int = 1_000_000) -> str:
    with pytest.raises(InputError) as caught:
        fetcher.fetch(url, max_bytes=most)
    return caught.value.reason


def test_a_page_comes_with_its_final_address_and_we_say_who_we_are(site: Site, fetcher: Fetcher) -> None:
    site.pages["/old"] = (301, {"Location": "/new?a=%C3%A9"}, b"")
    site.pages["/new?a=%C3%A9"] = (200, {}, PAGE)
    page = fetcher.fetch(f"{site.address}/old#part", max_bytes=1000)
    assert page.body == PAGE and page.url == f"{site.address}/new?a=%C3%A9" and "utf-8" in page.content_type
    assert {headers["User-Agent"] for _, headers in site.asked} == {AGENT}
    assert not any("Cookie" in headers for _, headers in site.asked)


def test_robots_are_obeyed_with_wildcards_and_asked_once(site: Site, fetcher: Fetcher) -> None:
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /private/*.html$\nAllow: /\n")
    site.pages["/a"] = (200, {}, PAGE)
    fetcher.fetch(f"{site.address}/a", max_bytes=1000)
    assert "robots.txt" in fails(fetcher, f"{site.address}/private/x.html")
    assert [path for path, _ in site.asked] == ["/robots.txt", "/a"]


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False), (503, False)])
def test_robots_that_cannot_be_read(site: Site, fetcher: Fetcher, status: int, allowed: bool) -> None:
    site.pages["/robots.txt"] = (status, {}, b"User-agent: *\nDisallow: /")
    site.pages["/a"] = (200, {}, PAGE)
    if allowed:
        assert fetcher.fetch(f"{site.address}/a", max_bytes=1000).body == PAGE
    else:
        assert "robots.txt cannot be read" in fails(fetcher, f"{site.address}/a") and site.paths() == []


def test_robots_hold_for_where_a_redirect_leads(site: Site, fetcher: Fetcher) -> None:
    site.pages["/robots.txt"] = (200, {}, b"User-agent: hearsay-ledger\nDisallow: /shut\n")
    site.pages["/a"] = (302, {"Location": "/shut"}, b"")
    assert "robots.txt asks" in fails(fetcher, f"{site.address}/a") and site.paths() == ["/a"]


def test_unchanged_pages_are_not_sent_again(site: Site, fetcher: Fetcher) -> None:
    def page(headers: dict[str, str]) -> Answer:
        same = headers.get("If-None-Match") == '"v1"' and headers.get("If-Modified-Since") == "Fri, 09 Dec 2022 08:00:00 GMT"
        return (304, {}, b"") if same else (200, {"ETag": '"v1"', "Last-Modified": "Fri, 09 Dec 2022 08:00:00 GMT"}, PAGE)

    site.pages["/a"] = page
    first = fetcher.fetch(f"{site.address}/a", max_bytes=1000)
    again = Fetcher(allow_private=True, cache=fetcher.cache, pause_s=0.0).fetch(f"{site.address}/a", max_bytes=1000)
    assert first == again and len(site.paths()) == 2


def test_fresh_pages_are_not_asked_for_and_no_store_is_kept_nowhere(site: Site, fetcher: Fetcher) -> None:
    site.pages["/fresh"] = (200, {"Cache-Control": "public, max-age=600"}, PAGE)
    site.pages["/secret"] = (200, {"Cache-Control": "no-store", "ETag": "x"}, PAGE)
    for path in ("/fresh", "/secret") * 2:
        assert fetcher.fetch(site.address + path, max_bytes=1000).body == PAGE
    assert site.paths() == ["/fresh", "/secret", "/secret"]
    assert not any("If-None-Match" in headers for _, headers in site.asked)


def test_a_held_page_of_a_private_host_is_not_given_to_who_may_not_fetch_it(site: Site, fetcher: Fetcher) -> None:
    site.pages["/fresh"] = (200, {"Cache-Control": "max-age=600"}, PAGE)
    fetcher.fetch(f"{site.address}/fresh", max_bytes=1000)
    assert "--allow-private" in fails(Fetcher(cache=fetcher.cache), f"{site.address}/fresh")


def test_a_damaged_cache_counts_as_none(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    held = Held("http://e.example/a", "text/html", "x", None, 0.0, b"body")
    cache.put("http://e.example/a", held)
    assert cache.get("http://e.example/a") == held and cache.get("http://e.example/b") is None
    (file,) = (p for p in tmp_path.rglob("*") if p.is_file())
    for damage in (b"", b"{}", b"{\n", file.read_bytes()[:-1], b"\xff\xfe\n"):
        file.write_bytes(damage)
        assert cache.get("http://e.example/a") is None
    Cache(Path("/proc/none")).put("http://e.example/a", held)  # cannot be written: nothing happens


@pytest.mark.parametrize(("headers", "body"), [({}, b"x" * 2_000_000), ({"Content-Encoding": "gzip"}, gzip.compress(b"\0" * 50_000_000))])
def test_size_is_bounded_unpacked_too(site: Site, fetcher: Fetcher, headers: dict[str, str], body: bytes) -> None:
    site.pages["/big"] = (200, headers, body)
    assert fails(fetcher, f"{site.address}/big") == "larger than 1 MB"


def test_packed_pages(site: Site, fetcher: Fetcher) -> None:
    site.pages["/a"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(PAGE))
    assert fetcher.fetch(f"{site.address}/a", max_bytes=1000).body == PAGE
    site.pages["/b"] = (200, {"Content-Encoding": "gzip"}, b"\x1f\x8bnonsense")
    assert "cannot be fetched" in fails(fetcher, f"{site.address}/b")


def test_redirects_end(site: Site, fetcher: Fetcher) -> None:
    site.pages["/a"] = (302, {"Location": "/a"}, b"")
    assert fails(fetcher, f"{site.address}/a") == "more than 8 redirects"


@pytest.mark.parametrize("place", ["file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1", "http://[::1"])
def test_redirects_to_other_kinds_of_address_are_refused(site: Site, fetcher: Fetcher, place: str) -> None:
    site.pages["/a"] = (302, {"Location": place}, b"")
    reason = fails(fetcher, f"{site.address}/a")
    assert "not a web address" in reason or "Invalid IPv6" in reason or "unknown url type" in reason


def test_answers_that_are_no_page(site: Site, fetcher: Fetcher) -> None:
    assert fails(fetcher, f"{site.address}/none") == "the server answered 404 Not Found"


def test_later_is_heeded_if_it_is_soon(site: Site, fetcher: Fetcher) -> None:
    answers = iter([(503, {"Retry-After": "0"}, b""), (200, {}, PAGE)])
    site.pages["/a"] = lambda _: next(answers)
    assert fetcher.fetch(f"{site.address}/a", max_bytes=1000).body == PAGE
    site.pages["/b"] = (429, {"Retry-After": "3600"}, b"")
    assert fails(fetcher, f"{site.address}/b") == "the server answered 429 Too Many Requests" and site.paths().count("/b") == 1


def test_pause_between_two_pages_of_a_site(site: Site, fetcher: Fetcher) -> None:
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 0.3\n")
    site.pages |= {"/a": (200, {}, PAGE), "/b": (200, {}, PAGE)}
    fetcher.fetch(f"{site.address}/a", max_bytes=1000)
    start = time.monotonic()
    fetcher.fetch(f"{site.address}/b", max_bytes=1000)
    assert time.monotonic() - start >= 0.25


def test_a_server_that_never_ends_is_given_up(site: Site, fetcher: Fetcher) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            try:
                while True:
                    link, _ = listening.accept()
                    asked = link.recv(1000)
                    link.sendall(b"HTTP/1.1 404 no\r\nContent-Length: 0\r\n\r\n" if b"robots" in asked else b"HTTP/1.1 200 OK\r\n\r\n")
                    while b"robots" not in asked:
                        link.sendall(b".")
                        time.sleep(0.05)
                    link.close()
            except OSError:
                return

        threading.Thread(target=drip, daemon=True).start()
        fetcher.total_s = 0.5
        assert fails(fetcher, f"http://127.0.0.1:{listening.getsockname()[1]}/a") == "took too long to arrive"


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "169.254.169.254", "10.1.2.3", "[::ffff:127.0.0.1]", "2130706433"]
)
def test_private_addresses_are_refused_in_every_spelling(tmp_path: Path, host: str) -> None:
    reason = fails(Fetcher(cache=Cache(tmp_path)), f"http://{host}:9/a")
    assert "--allow-private" in reason or "no such host" in reason


def test_a_redirect_into_a_private_network_is_refused(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first host is taken for a public one; where it redirects to is not."""
    port = site.address.rpartition(":")[2]
    site.pages["/a"] = (302, {"Location": f"http://localhost:{port}/inside"}, b"")
    site.pages["/inside"] = (200, {}, PAGE)
    monkeypatch.setattr("hearsay.page.fetch.guard.is_private", lambda address: address != "127.0.0.1" or "inside" in str(site.asked[-1:]))
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *a, **k: real("::1" if host == "localhost" else host, *a, **k))
    fetcher = Fetcher(cache=Cache(tmp_path), pause_s=0.0)
    assert "--allow-private" in fails(fetcher, f"{site.address}/a") and "/inside" not in site.paths()


def test_a_name_that_answers_differently_the_second_time_is_caught_by_its_peer(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(site.address.rpartition(":")[2])
    site.pages["/a"] = (200, {}, PAGE)
    answers = iter([("9.9.9.9", port)])
    real = socket.getaddrinfo

    def rebinding(host: str, *args: object, **more: object) -> list:
        first = next(answers, None)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", first)] if first else real("127.0.0.1", *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    assert "private network" in fails(Fetcher(cache=Cache(tmp_path), pause_s=0.0), f"http://rebind.example:{port}/a")
    assert site.asked == []


@pytest.mark.parametrize("address", ["fe80::1%eth0", "100.64.0.1", "224.0.0.1", "fc00::1", "192.168.1.1", "::"])
def test_private(address: str) -> None:
    assert is_private(address)


def test_inputs_feed_is_followed_with_its_days(site: Site, fetcher: Fetcher) -> None:
    site.pages["/1"] = (200, {}, PAGE)
    feed = f"""<rss version="2.0"><channel><title>Post</title><item><title>T</title><link>{site.address}/1</link>
    <pubDate>Tue, 14 Mar 2023 23:30:00 GMT</pubDate></item><item><title>Gone</title><link>{site.address}/2</link></item></channel></rss>"""
    site.pages["/feed"] = (200, {"Content-Type": "application/rss+xml"}, feed.encode())
    index = f"<sitemapindex><sitemap><loc>{site.address}/map.xml</loc></sitemap></sitemapindex>"
    site.pages["/index.xml"] = (200, {"Content-Type": "text/xml"}, index.encode())
    site.pages["/map.xml"] = (200, {"Content-Type": "text/xml"}, f"<urlset><url><loc>{site.address}/1</loc></url></urlset>".encode())
    report, error = open_inputs([f"{site.address}/feed"], follow=True, fetcher=fetcher)
    assert isinstance(report, RawReport) and report.html == PAGE
    assert (report.date, report.publisher, report.url) == ("2023-03-14", "Post", f"{site.address}/1")
    assert isinstance(error, InputError) and "404" in error.reason
    (deep,) = open_inputs([f"{site.address}/index.xml"], follow=True, fetcher=fetcher)
    assert isinstance(deep, RawReport) and deep.url == f"{site.address}/1"
    unfollowed = list(open_inputs([f"{site.address}/feed"], fetcher=fetcher))
    assert [r.title for r in unfollowed if isinstance(r, RawReport)] == ["T", "Gone"]


def test_inputs_by_what_the_server_sends(site: Site, fetcher: Fetcher) -> None:
    site.pages["/p"] = (200, {"Content-Type": "text/html; charset=iso-8859-1"}, "<p>Präsident sprach.</p>".encode("latin-1"))
    site.pages["/t.txt"] = (200, {"Content-Type": "text/plain"}, b"Rain fell.")
    site.pages["/r.jsonl"] = (200, {"Content-Type": "application/json"}, b'{"text": "Snow fell."}\n{"text": "Hail fell."}\n')
    site.pages["/r.csv"] = (200, {"Content-Type": "text/csv"}, b"text,url\nFog lay.,https://e.example/f\n")
    site.pages["/img"] = (200, {"Content-Type": "image/png"}, b"\x89PNG\0\0")
    found = list(open_inputs([f"{site.address}/{p}" for p in ("p", "t.txt", "r.jsonl", "r.csv", "img")], fetcher=fetcher))
    reports = [f for f in found if isinstance(f, RawReport)]
    assert reports[0].charset == "iso-8859-1" and reports[0].url == f"{site.address}/p"
    assert [r.text for r in reports[1:]] == ["Rain fell.", "Snow fell.", "Hail fell.", "Fog lay."]
    assert reports[-1].url == "https://e.example/f" and "binary" in str(found[-1])
