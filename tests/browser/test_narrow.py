"""On a phone: what a page is for comes first, the navigation is one row, filters are a fold above the list."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.serving import Opener

PHONE = {"width": 390, "height": 844}


def top(one: Locator) -> float:
    """How far down something stands."""
    box = one.bounding_box()
    assert box is not None
    return box["y"]


@pytest.mark.parametrize("scripts", [True, False])
def test_the_navigation_is_one_row_in_which_the_keyboard_reaches_all(opened: Opener, small: str, scripts: bool) -> None:
    page = opened(small, "/incidents", viewport=PHONE, java_script_enabled=scripts)
    links = page.locator(".top nav a")
    assert links.count() == 8
    assert len({top(links.nth(k)) for k in range(8)}) == 1
    assert top(page.locator("#main")) < 110
    links.last.focus()
    expect(links.last).to_be_in_viewport(ratio=0.9)


def test_where_one_is_stands_in_sight_in_the_row(opened: Opener, small: str) -> None:
    page = opened(small, "/changes", viewport=PHONE)
    expect(page.locator(".top nav [aria-current]")).to_be_in_viewport(ratio=0.9)


@pytest.mark.parametrize("scripts", [True, False])
def test_the_filters_are_a_fold_above_the_list(opened: Opener, small: str, scripts: bool) -> None:
    page = opened(small, "/incidents?disputed=no", viewport=PHONE, java_script_enabled=scripts)
    fold, kind = page.locator("#fold-filters > summary"), page.locator("#facets").get_by_text("bombing")
    expect(fold).to_contain_text("1 set")
    expect(kind).not_to_be_visible()
    assert top(fold) < top(page.locator("#results"))
    fold.focus()
    page.keyboard.press("Enter")
    kind.click()
    if not scripts:
        page.locator("#filters button").first.click()
    expect(page.locator("#asked")).to_contain_text("bombing")
    expect(page.locator("#count")).to_contain_text("1 incident")


def test_a_wide_screen_has_the_filters_open_beside_the_list(opened: Opener, small: str) -> None:
    page = opened(small, "/incidents", java_script_enabled=False)
    expect(page.locator("#fold-filters > summary")).not_to_be_visible()
    expect(page.locator("#f-text")).to_be_visible()
    page.locator("#f-place").focus()
    expect(page.locator("#f-place")).to_be_focused()
