"""The explorer in a browser: what script adds, the keyboard, a phone, the dark."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hearsay.ledger import Ledger, query
from tests.unit.ledger.story import STORY
from tests.unit.web.conftest import hostile


def ids_of(news: Path) -> dict[str, str]:
    with Ledger.open(news, readonly=True) as ledger:
        return query.report(ledger, "story")["ids"] | {"report": query.report(ledger, "story")["info"]["report"]}


def lit_words(page: Any) -> set[str]:
    return {e.inner_text() for e in page.query_selector_all(".text .lit")}


def test_hovering_a_card_lights_its_words(page: Any, news: Path) -> None:
    ids = ids_of(news)
    page.goto(f"/report/{ids['report']}")
    page.hover(f"#{ids['e1']}")
    assert lit_words(page) == {"Moscow", "rejected", "Kyiv", "Tuesday"}
    page.hover(f"#{ids['a1']}")
    words = " ".join(e.inner_text() for e in page.query_selector_all(".text .lit"))
    assert words.startswith("Sergei Vershinin told RIA Novosti Moscow") and "proposal on" in words
    page.keyboard.press("Escape")
    assert lit_words(page) == set()


def test_hovering_a_word_lights_its_card_and_the_other_words(page: Any, news: Path) -> None:
    ids = ids_of(news)
    page.goto(f"/report/{ids['report']}")
    page.hover(f".text [href='#{ids['e1']}']")
    assert "Kyiv" in lit_words(page)
    assert page.eval_on_selector(f"#{ids['e1']}", "e => e.classList.contains('lit')")


def test_the_keyboard_alone_reaches_word_and_card(page: Any, news: Path) -> None:
    ids = ids_of(news)
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.goto(f"/report/{ids['report']}")
    page.focus(f".text [href='#{ids['e1']}']")
    assert "Kyiv" in lit_words(page)
    page.keyboard.press("Enter")
    assert page.url.endswith(f"#{ids['e1']}")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "quick-q"
    page.keyboard.type("banks")
    page.keyboard.press("Enter")
    page.wait_for_selector(".hits mark")


def test_alleged_looks_different_from_asserted(page: Any, news: Path) -> None:
    ids = ids_of(news)
    page.goto(f"/report/{ids['report']}")
    style = "e => getComputedStyle(e).borderBottomStyle"
    alleged, asserted = (page.eval_on_selector(f".text [href='#{ids[e]}']", style) for e in ("e1", "e2"))
    assert (alleged, asserted) == ("dashed", "solid")


def test_layers_can_be_hidden(page: Any, news: Path) -> None:
    ids = ids_of(news)
    page.goto(f"/report/{ids['report']}")
    page.uncheck("#layer-events")
    assert not page.is_visible(f"#{ids['e1']}") and page.is_visible(f"#{ids['a1']}")
    page.uncheck("#layer-statements")
    assert not page.is_visible(f"#{ids['a1']}")


def test_a_record_is_corrected_in_place(page: Any, news: Path) -> None:
    ids = ids_of(news)
    page.goto(f"/report/{ids['report']}")
    card = page.locator(f"#{ids['e1']}")
    card.locator("summary").click()
    card.locator("select[name=new_type]").select_option("ACCUSE")
    card.locator("input[name=note]").fill("a reproach")
    card.get_by_role("button", name="Save the correction").last.click()
    page.wait_for_url(f"**/report/{ids['report']}#{ids['e1']}")
    assert "type was REJECT, corrected by Ann" in page.locator(f"#{ids['e1']}").inner_text()
    with Ledger.open(news, readonly=True) as ledger:
        (made,) = ledger.judgements(record=ids["e1"])
    assert (made.new, made.by, made.note) == ("ACCUSE", "Ann", "a reproach")


def test_enter_in_the_form_saves_the_correction(page: Any, news: Path) -> None:
    ids = ids_of(news)
    page.goto(f"/judge/{ids['e1']}?back=/events")
    page.fill("input[name=new_mode]", "yield")
    page.press("input[name=new_mode]", "Enter")
    page.wait_for_url("**/events#e*")
    with Ledger.open(news, readonly=True) as ledger:
        assert [(j.verdict, j.new) for j in ledger.judgements(record=ids["e1"])] == [("correct", "yield")]


def test_a_party_of_the_network_lights_its_arrows(page: Any) -> None:
    page.goto("/network")
    page.hover(".nodes a:has(text:text-is('Russia')) circle")
    assert len(page.query_selector_all(".edges .lit")) == 1
    assert page.eval_on_selector(".network", "e => e.classList.contains('dim')")


@pytest.mark.parametrize("path", ["/", "/events", "/statements", "/timeline", "/network", "/figures", "/names", "/search?q=banks"])
def test_a_phone_needs_no_sideways_scrolling(chromium: Any, address: str, path: str) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 720})
    page = context.new_page()
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
    context.close()


def luminance(page: Any, selector: str, of: str) -> float:
    code = f"e => getComputedStyle(e).{of}"
    numbers = page.eval_on_selector(selector, code)
    red, green, blue = (int(n) / 255 for n in numbers[numbers.index("(") + 1 : -1].split(",")[:3])
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_in_light_and_dark(chromium: Any, address: str, scheme: str) -> None:
    context = chromium.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{address}/events")
    ground = luminance(page, "body", "backgroundColor")
    assert (ground > 0.5) == (scheme == "light")
    for selector in ("body", ".quiet", ".type", ".card .meta", ".from a", ".facet .count"):
        lights = sorted((ground, luminance(page, selector, "color")))
        assert (lights[1] + 0.05) / (lights[0] + 0.05) >= 4.5, f"{selector} in the {scheme}"
    context.close()


def test_without_script_everything_is_there(chromium: Any, address: str, news: Path) -> None:
    ids = ids_of(news)
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/report/{ids['report']}")
    page.click(f"#{ids['e1']} summary")
    page.click(f"#{ids['e1']} .judge a")
    page.click("button[value=reject]")
    page.wait_for_url(f"**/report/{ids['report']}#{ids['e1']}")
    assert "rejected" in page.locator(f"#{ids['e1']}").inner_text()
    context.close()


def test_no_script_of_a_report_runs(page: Any, news: Path) -> None:
    with Ledger.open(news) as ledger:
        ledger.add(hostile(), coder_version="1")
        ledger.add(replace(STORY, id="x", date="2024-09-09", title="<svg onload=alert(1)>"), coder_version="1")
        reports = [r["report"] for r in query.reports(ledger)]
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    for path in ("/", "/events", "/network", "/timeline", *(f"/report/{r}" for r in reports)):
        page.goto(path)
        assert page.evaluate("document.querySelectorAll('main script, main img, main [onload], main [onerror]').length") == 0
    page.locator("details.judge summary").first.click()
    page.wait_for_selector(".judge-form")
