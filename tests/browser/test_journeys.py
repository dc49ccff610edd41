"""What people come to the workbench for, done in a browser from end to end."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.serving import Opener

DONE = "n => document.querySelector('.progress').innerText.match(/\\d+/g).reduce((a, b) => a + +b, 0) === n"
"""Says whether so many verdicts have been given today."""


def counted(page: Page) -> int:
    """Return how many incidents the list says that there are."""
    found = re.match(r"[\d,]+", page.locator("#count").inner_text())
    assert found is not None
    return int(found[0].replace(",", ""))


def test_the_list_the_map_and_the_timeline_filter_each_other(page: Page) -> None:
    every = counted(page)
    page.locator("#facets").get_by_text("bombing").first.click()
    expect(page).to_have_url(re.compile("kind=bombing"))
    expect(page.locator("#asked")).to_contain_text("bombing")
    bombings = counted(page)
    assert 0 < bombings < every
    bar = page.locator("svg a[href*='period='], svg a[href*='since=']").first
    bar.click()
    expect(page).to_have_url(re.compile("period=|since="))
    assert 0 < counted(page) <= bombings
    page.go_back()
    expect(page).not_to_have_url(re.compile("period=|since="))
    page.locator("#asked").get_by_role("link", name="Clear all").click()
    expect(page.locator("#count")).to_have_text(re.compile(rf"^{every:,} incidents"))


def test_the_map_chooses_an_area(page: Page) -> None:
    every = counted(page)
    expect(page.locator(".leaflet-container path, .leaflet-container .leaflet-marker-icon").first).to_be_attached()
    page.locator(".leaflet-control-zoom-in").click()
    page.locator(".leaflet-control-zoom-in").click()
    page.wait_for_timeout(600)
    page.locator("#search-area").click()
    expect(page).to_have_url(re.compile("bbox="))
    expect(page.locator("#count")).to_contain_text("of")
    assert counted(page) < every
    page.get_by_role("link", name="Everywhere again").click()
    expect(page.locator("#count")).to_have_text(re.compile(rf"^{every:,} incidents"))


def test_a_value_leads_to_its_words(page: Page) -> None:
    page.goto(page.url.split("?")[0] + "?text=ferry&disputed=yes")
    page.locator("a.opens").first.click()
    expect(page.locator("h1")).to_be_visible()
    quote = page.locator("main .holder q.quote a").first
    words = quote.inner_text().rstrip("…")
    quote.click()
    expect(page).to_have_url(re.compile(r"/article/.+\?at=\d+-\d+#at"))
    marked = page.locator("#at")
    expect(marked).to_be_in_viewport()
    shown = "".join(page.locator("mark").all_inner_texts())
    assert words.split()[0] in shown


def test_a_split_changes_the_counts_and_stands_in_changes(page: Page, site: str) -> None:
    page.goto(site + "/incidents?sort=reports")
    page.locator("a.opens").first.click()
    reports = page.locator("ol.reports > li").count()
    assert reports > 1
    page.locator("ol.reports > li").last.get_by_text("This tells of another incident").click()
    form = page.locator("form[action$='/split']").last
    form.locator("[name=reason]").fill("another day, another pier")
    form.get_by_role("button").click()
    expect(page.locator("ol.reports > li")).to_have_count(reports - 1)
    expect(page.locator("main")).to_contain_text("another day, another pier")
    page.goto(site + "/incidents?sort=reports")
    expect(page.locator("tbody tr").first).not_to_contain_text(f"in {reports} reports")
    page.goto(site + "/changes")
    expect(page.locator("main")).to_contain_text("another day, another pier")
    page.goto(site + "/changes?verify=1")
    expect(page.locator("main")).to_contain_text("whole")


def test_a_perpetrators_standing_is_corrected(page: Page, site: str) -> None:
    page.goto(site + "/incidents?standing=accused_by_authorities")
    page.locator("a.opens").first.click()
    who = page.locator("section", has=page.locator("h2", has_text="Who did it")).first
    who.get_by_text("Correct", exact=True).first.click()
    form = page.locator("form[action$='/correct']").first
    form.locator("[name=claim]").first.check()
    form.locator("[name=standing]").select_option("charged")
    form.locator("[name=reason]").fill("a court has taken it up")
    form.get_by_role("button", name="Correct").click()
    expect(page.locator("main")).to_contain_text("a court has taken it up")
    expect(page.locator("main")).to_contain_text("charged")
    page.goto(site + "/changes?subject=incident")
    expect(page.locator("main")).to_contain_text("a court has taken it up")


def test_ten_items_are_reviewed_by_keyboard(page: Page, site: str) -> None:
    page.goto(site + "/review")
    for number, key in enumerate("aaraasaara", 1):
        page.keyboard.press(key)
        page.wait_for_function(DONE, arg=number)
    expect(page.locator(".progress")).to_contain_text("7 accepted")
    expect(page.locator(".progress")).to_contain_text("2 rejected")
    page.keyboard.press("u")
    expect(page.locator(".progress")).to_contain_text("6 accepted")
    page.goto(site + "/review/agreement")
    expect(page.locator("h1")).to_be_visible()
    page.goto(site + "/changes")
    expect(page.locator("main")).to_contain_text("rejected")


@pytest.mark.parametrize("kind", ["csv", "json", "geojson"])
def test_the_list_is_taken_along(page: Page, site: str, kind: str, tmp_path: Path) -> None:
    page.goto(site + "/incidents?kind=bombing")
    with page.expect_download() as started:
        page.locator(".formats").get_by_role("link", name=kind, exact=True).first.click()
    path = tmp_path / f"incidents.{kind}"
    started.value.save_as(path)
    text = path.read_text(encoding="utf-8")
    if kind == "csv":
        rows = list(csv.DictReader(text.splitlines()))
        told = {row["cluster"]: "bombing" for row in rows if row["kind"] == "bombing"}
        assert rows and {row["cluster"] for row in rows} == set(told)
    else:
        assert json.loads(text)


def test_keys_lead_through_the_list(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/incident/"))
    page.wait_for_load_state()
    page.keyboard.press("/")
    page.keyboard.type("ferry")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("text=ferry"))


def test_two_see_each_other_s_changes(opened: Opener, site: str) -> None:
    one = opened(site, "/incidents?kind=bombing")
    one.locator("a.opens").first.click()
    address = one.url.removeprefix(site)
    other = opened(site, address)
    for page, reason in ((one, "read twice"), (other, "mine comes later")):
        page.locator("section", has=page.locator("h2", has_text="What is said")).get_by_text(
            "Correct", exact=True
        ).first.click()
        form = page.locator("form[action$='/correct']").first
        form.locator("[name=reason]").fill(reason)
    for page in (one, other):
        form = page.locator("form[action$='/correct']").first
        form.locator("input[name=action][value=replace]").check()
        field = form.locator("select[name='kind.value']").first
        field.select_option("arson")
        form.get_by_role("button", name="Correct").click()
    expect(other.locator("main")).to_contain_text("read twice")
    expect(other.locator("[name=reason]").first).to_have_value("mine comes later")
