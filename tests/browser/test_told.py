"""What was done is told once, where the keyboard then is; words that were selected are not lost."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.serving import Opener

SELECT = """() => {
  const paragraph = document.querySelector("#text [data-start]"), range = document.createRange();
  range.selectNodeContents(paragraph);
  const selection = document.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}"""


def the_blast(opened: Opener, site: str) -> Page:
    page = opened(site, "/incidents?kind=bombing")
    page.locator("a.opens").first.click()
    page.wait_for_load_state()
    return page


def test_words_selected_before_the_key_come_into_the_form(opened: Opener, small: str) -> None:
    page = opened(small, "/article/abbey-4")
    page.evaluate(SELECT)
    expect(page.locator("#take")).to_be_visible()
    page.keyboard.press("a")
    expect(page.locator("#m-words")).to_have_value(re.compile("Masked riders.*abbey-4", re.DOTALL))
    expect(page.locator("#m-start")).to_have_value("0")
    expect(page.locator("#m-slot")).to_be_focused()


def test_what_was_kept_has_the_focus_and_is_told_once(opened: Opener, small: str) -> None:
    page = opened(small, "/article/abbey-4")
    page.evaluate(SELECT)
    page.keyboard.press("a")
    page.locator("#m-slot").select_option("damage")
    page.locator(".of-damage [name='damage.value']").fill("the granary burned")
    page.locator("#m-reason").fill("it says so")
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator("main")).to_contain_text("Kept: damage")
    expect(page.locator("#at")).to_be_focused()
    expect(page).not_to_have_url(re.compile("added="))
    page.reload()
    expect(page.locator("main")).not_to_contain_text("Kept: damage")
    expect(page.locator("#at")).to_be_visible()


def test_a_correction_is_told_where_the_keyboard_is_with_a_way_to_it(opened: Opener, small: str) -> None:
    page = the_blast(opened, small)
    page.locator("#when").get_by_text("Correct", exact=True).first.click()
    form = page.locator("form[action$='/correct']").first
    form.locator("[name=claim]").first.check()
    form.locator("[name='when.value']").fill("2019-06-05")
    form.locator("[name=reason]").fill("the day before")
    form.get_by_role("button", name="Correct").click()
    notice = page.locator("#told-done")
    expect(notice).to_contain_text("The correction is made")
    expect(notice).to_be_focused()
    expect(notice.get_by_role("link", name="To what changed: when")).to_have_attribute("href", "#when")
    page.reload()
    expect(notice).to_have_count(0)


def test_a_split_leads_to_the_new_incident_and_is_taken_back_at_once(opened: Opener, small: str) -> None:
    page = the_blast(opened, small)
    assert page.locator("ol.reports > li").count() == 2
    page.locator("ol.reports > li").last.get_by_text("This tells of another incident").click()
    form = page.locator("form[action$='/split']").last
    form.locator("[name=reason]").fill("another pier")
    form.get_by_role("button").click()
    expect(page.locator("#told-done")).to_be_focused()
    left = page.url
    page.locator("#told-done").get_by_role("link", name="To the new incident").click()
    expect(page.locator("ol.reports > li")).to_have_count(1)
    assert page.url != left
    page.locator(".past").get_by_role("button", name="Take it back").click()
    expect(page.locator("#told-done")).to_contain_text("taken back")
    expect(page.locator("ol.reports > li")).to_have_count(2)
