"""The site in Chromium, opened from disk: what a reader does works, and nothing else happens."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

ROWS = "#records tbody tr"


def titles(page: Page) -> list[str]:
    """Return the titles that the table shows."""
    found: list[str] = page.locator(f"{ROWS} th a").all_inner_texts()
    return found


def told(page: Page, text: str) -> None:
    """Wait until the page says how many records it shows."""
    expect(page.locator("#shown")).to_have_text(text, timeout=180_000)


def column(page: Page, number: int) -> list[str]:
    """Return what a column of the table shows, counted from 1."""
    found: list[str] = page.locator(f"{ROWS} > :nth-child({number})").all_inner_texts()
    return found


def has(record: dict[str, Any], chosen: dict[str, str]) -> bool:
    """Tell whether a record is one of those that are asked for."""
    citation = record["citation"]
    shown = " ".join([citation["title"], citation.get("journal", ""), *citation.get("authors", [])[:2], record["kind"]])
    facts = {
        "kind": [record["kind"]],
        "year": [str(citation.get("year"))],
        "status": [record["status"]],
        "condition": [group.get("condition") for group in record.get("groups", [])],
    }
    asked = chosen.get("text", "").casefold().split()
    return all(word in shown.casefold() for word in asked) and all(
        value in facts[name] for name, value in chosen.items() if name != "text"
    )


# Text, kind, condition, year and status each leave the records that have it; together, those that have all.
@pytest.mark.parametrize(
    "chosen",
    [
        {"text": "chediak"},
        {"text": "BROSSARD ther"},
        {"text": "no such word anywhere"},
        {"kind": "case-report"},
        {"kind": "case-report", "year": "2023"},
        {"condition": "graft-failure"},
        {"status": "active"},
        {"status": "active", "condition": "hlh", "text": "review"},
    ],
)
def test_filters(real: Path, watched: Any, chosen: dict[str, str]) -> None:
    data = json.loads((real / "data" / "collection.json").read_text(encoding="utf-8"))
    records = [one["record"] for one in data["records"]]
    expected = sum(has(record, chosen) for record in records)
    assert bool(expected) is (chosen != {"text": "no such word anywhere"})
    page = watched.open(real / "index.html")
    told(page, f"{len(records)} of {len(records)} records")
    for name, value in chosen.items():
        field = page.locator(f"#filters [name={name}]")
        field.fill(value) if name == "text" else field.select_option(value)
    told(page, f"{expected} of {len(records)} records")
    assert len(titles(page)) == expected
    page.get_by_role("button", name="Clear").click()
    told(page, f"{len(records)} of {len(records)} records")
    assert len(titles(page)) == len(records)


# Accents and case do not matter to who searches.
def test_search_folds_accents(hostile: Path, watched: Any) -> None:
    page = watched.open(hostile / "index.html")
    page.locator("#filters [name=text]").fill("ÀLÉRT(1)")
    told(page, "4 of 4 records")


# A column sorts by its kind, either way, says so to a screen reader, and puts what is missing last.
def test_sorts(real: Path, watched: Any) -> None:
    page = watched.open(real / "index.html")
    size = page.get_by_role("button", name="Largest group")
    size.press("Enter")
    sizes = [text for text in column(page, 5) if text]
    assert sizes == sorted(sizes, key=int)
    assert column(page, 5)[-1] == ""
    assert page.locator("thead th").nth(4).get_attribute("aria-sort") == "ascending"
    size.press("Enter")
    assert [text for text in column(page, 5) if text] == sorted(sizes, key=int, reverse=True)
    assert column(page, 5)[-1] == ""
    assert page.locator("thead th[aria-sort]").count() == 1
    page.get_by_role("button", name="Publication").click()
    shown = titles(page)
    page.get_by_role("button", name="Publication").click()
    assert titles(page) == shown[::-1]


# What was chosen stands in the address, so that a link to it shows the same.
def test_address_remembers(real: Path, watched: Any) -> None:
    page = watched.open(real / "index.html")
    page.locator("#filters [name=kind]").select_option("trial")
    page.get_by_role("button", name="Year").click()
    page.wait_for_url("**/index.html#kind=trial&sort=1")
    shown = titles(page)
    again = watched.open(real / "downloads.html") and watched.open(real / "index.html", "#kind=trial&sort=1")
    assert titles(again) == shown


# Of many records the first two hundred are laid out, the next on request, and all of them in print.
def test_many_rows_are_laid_out_in_steps(many: Path, watched: Any) -> None:
    page = watched.open(many / "index.html")
    assert page.locator("#shown").inner_text() == "450 of 450 records"
    assert page.locator(ROWS).count() == 200
    page.get_by_role("button", name="Show 200 more of 250").press("Enter")
    assert page.locator(ROWS).count() == 400
    assert page.evaluate("document.activeElement.closest('tr') === document.querySelectorAll('#records tbody tr')[200]")
    page.locator("#filters [name=year]").select_option("2003")
    told(page, "18 of 450 records")
    page.locator("#filters [name=year]").select_option("any")
    told(page, "450 of 450 records")
    assert page.locator(ROWS).count() == 200
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(ROWS).count() == 450


# Links lead from the table to a record, from a figure to its rule, from a record to one that it names, and back.
def test_links_are_followed(real: Path, watched: Any) -> None:
    page = watched.open(real / "index.html")
    page.get_by_role("link", name="Real-world treatment patterns").first.click()
    page.wait_for_url("**/records/chandrakasan-2024-real-hlh-primary.html")
    page.get_by_role("link", name="proportion").first.click()
    page.wait_for_url("**/rules.html#proportion")
    assert page.locator("#proportion").inner_text() == "proportion"
    page.go_back()
    page.get_by_role("link", name="chandrakasan-2025-real-hlh-rheumatologic").click()
    page.wait_for_url("**/records/chandrakasan-2025-real-hlh-rheumatologic.html")
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Records").click()
    page.wait_for_url("**/index.html")


# With the keyboard alone: the first stop leads past the navigation to the content.
def test_skip_link_is_the_first_stop(real: Path, watched: Any) -> None:
    page = watched.open(real / "index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    box = page.locator(".skip").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


# Without JavaScript the whole table is there, and no form that could not do anything.
def test_works_without_javascript(browser: Browser, many: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((many / "index.html").as_uri())
    assert page.locator(ROWS).count() == 450
    assert not page.locator("#filters").is_visible()
    assert page.locator("thead button").count() == 0
    context.close()


# No page is wider than the window, at any of the widths that it is made for.
@pytest.mark.parametrize("width", [320, 360, 768, 1000, 1280])
@pytest.mark.parametrize("name", ["real", "hostile"])
def test_no_page_is_wider_than_the_window(
    name: str, width: int, watched: Any, request: pytest.FixtureRequest, kinds: list[str]
) -> None:
    site: Path = request.getfixturevalue(name)
    watched.page.set_viewport_size({"width": width, "height": 800})
    for path in [one for one in kinds if (site / one).exists()]:
        page = watched.open(site / path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


# Each column of the index has room for a word, at any width at which it is a table.
@pytest.mark.parametrize("width", [1000, 1100, 1280, 1800])
def test_columns_have_room(real: Path, watched: Any, width: int) -> None:
    watched.page.set_viewport_size({"width": width, "height": 800})
    page = watched.open(real / "index.html")
    widths = page.evaluate("[...document.querySelectorAll('.index thead th')].map(one => one.clientWidth)")
    assert len(widths) == 8
    assert min(widths) >= 60, widths


# Printed, a page is black on white, without what only a screen can use, and becomes a PDF.
def test_prints(real: Path, watched: Any) -> None:
    page = watched.open(real / "records" / "chandrakasan-2024-real-hlh-primary.html")
    page.emulate_media(media="print", color_scheme="dark")
    style = page.evaluate(
        "(({color, backgroundColor}) => [color, backgroundColor])(getComputedStyle(document.documentElement))"
    )
    assert style == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert not page.get_by_role("navigation", name="Pages").is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF-")


# Every kind of page, of hostile records too, opens without a word on the console, a dialog or a request elsewhere.
def test_pages_are_quiet(hostile: Path, real: Path, watched: Any) -> None:
    for path in sorted(hostile.rglob("*.html")):
        watched.open(path)
    for path in sorted(real.glob("*.html")):
        page = watched.open(path)
        assert page.evaluate("document.styleSheets.length") == 1


# The policy is in force from disk: a script that somebody slipped into a page does not run.
def test_policy_is_in_force(hostile: Path, watched: Any) -> None:
    path = hostile / "records" / "full.html"
    slipped = path.with_name("slipped.html")
    text = path.read_text(encoding="utf-8").replace("</main>", "<script>document.title = 'slipped'</script></main>")
    slipped.write_text(text, encoding="utf-8")
    page = watched.open(slipped)
    slipped.unlink()
    assert page.title() != "slipped"
    assert len(watched.wrong) == 1
    assert "Content Security Policy" in watched.wrong.pop()
