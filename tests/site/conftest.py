"""Sites to look at, and a browser to look at them with."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tallysheet.command import main

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
FULL = (HERE / "full.yaml").read_text(encoding="utf-8")
HOSTILE = "\"><img src=x onerror=alert(1)><script>alert(1)</script>'`{{7*7}}"
"""What a record may say, and a page must not do."""


BROWSERS = ("chromium", "chromium-browser", "google-chrome")
"""What Debian, Ubuntu and the runners of GitHub call it; nothing is downloaded."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return Chromium without a window; one a module, since Playwright's loop is in the way of other tests."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        reason = f"none of {', '.join(BROWSERS)} is on the path: apt-get install chromium"
        pytest.fail(reason) if os.environ.get("TALLYSHEET_NEEDS_BROWSER") else pytest.skip(reason)
    with sync_playwright() as playwright:
        # Continuous integration runs as root, where Chromium starts without its sandbox only; the pages are our own.
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"], timeout=180_000)
        yield started
        started.close()


class Watched:
    """A page, and all that it said, asked for and did that a page of ours never should."""

    def __init__(self, context: BrowserContext) -> None:
        context.set_default_timeout(180_000)
        self.page: Page = context.new_page()
        self.wrong: list[str] = []
        self.page.on("console", lambda message: self.wrong.append(f"console: {message.text}"))
        self.page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        self.page.on("request", self.look)
        self.page.on("dialog", self.dismiss)

    def look(self, request: Any) -> None:
        """Note a request that leaves the disk."""
        if not request.url.startswith("file://"):
            self.wrong.append(f"request: {request.url}")

    def dismiss(self, dialog: Any) -> None:
        """Note a dialog, and close it."""
        self.wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def open(self, path: Path, place: str = "") -> Page:
        """Open a file, and return the page once it is loaded."""
        self.page.goto(path.as_uri() + place)
        return self.page


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    """Return a page that is watched; the test fails if it did what it should not."""
    context = browser.new_context()
    found = Watched(context)
    yield found
    context.close()
    assert found.wrong == []


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of this project's own collection."""
    target = tmp_path_factory.mktemp("real") / "site"
    assert main(["site", "--root", str(PROJECT), "--to", str(target)]) == 0
    return target


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of a collection with every kind of block, every status, and markup wherever text may stand."""
    root = tmp_path_factory.mktemp("hostile")
    records = root / "records"
    records.mkdir()
    said = HOSTILE.replace("'", "''")
    full = FULL
    for text in ("A title", "A journal", "Some hospitals", "Some notes", "All patients", "A response"):
        full = full.replace(text, f"'{said}'")
    full = full.replace("Doe J", "<script>alert(1)</script>")
    (records / "full.yaml").write_text(full, encoding="utf-8")
    (records / "README.md").write_text(f"# {HOSTILE}\n", encoding="utf-8")
    for name, old, new in (
        ("wrong", 'percent: "18.0"', 'percent: "81.0"'),
        ("retracted", "status: corrected", "status: retracted"),
        ("withdrawn", "status: corrected", "status: withdrawn\nreplaced_by: full"),
    ):
        text = full.replace("id: full", f"id: {name}").replace(old, new)
        (records / f"{name}.yaml").write_text(text, encoding="utf-8")
    (records / "broken.yaml").write_text(f'id: broken\nstatus: "{"<b>" * 3}"\n', encoding="utf-8")
    target = root / "site"
    assert main(["site", "--root", str(root), "--to", str(target)]) == 1
    return target


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of more records than are laid out at once."""
    root = tmp_path_factory.mktemp("many")
    arguments = [str(root), "--records", "450", "--seed", "3"]
    subprocess.run(
        [sys.executable, str(PROJECT / "benchmarks" / "collection.py"), *arguments], check=True, capture_output=True
    )
    assert main(["site", "--root", str(root), "--to", str(root / "site")]) == 0
    return root / "site"


@pytest.fixture(scope="session")
def kinds() -> list[str]:
    """Return a page of each kind: those that a site has."""
    return [
        *("index.html", "rules.html", "downloads.html", "evidence.html", "audit.html"),
        *("evidence/clinical-response.html", "evidence/age.html"),
        *("records/chandrakasan-2024-real-hlh-primary.html", "records/full.html", "records/wrong.html"),
        *("records/retracted.html", "records/emapalumab-hlh-scoping-review.html"),
    ]
