"""What axe-core, the accessibility checker, says of every kind of page, in light and dark, wide and narrow."""

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

if TYPE_CHECKING:
    from pathlib import Path

SCHEMES = ("light", "dark")


def violations(found: Any) -> list[str]:
    """Return rule, target and reason of each violation."""
    return [
        f"{rule['id']}: {node['target']}: {node['failureSummary']}"
        for rule in found.response["violations"]
        for node in rule["nodes"]
    ]


# axe-core finds nothing to object to, nor anything that it could check only in part for want of contrast.
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", ["real", "hostile"])
def test_no_violations(
    browser: Browser, name: str, scheme: Any, width: int, kinds: list[str], request: pytest.FixtureRequest
) -> None:
    site: Path = request.getfixturevalue(name)
    # axe is put into the page from outside, which the page's own policy would forbid.
    context = browser.new_context(color_scheme=scheme, bypass_csp=True, viewport={"width": width, "height": 900})
    context.set_default_timeout(180_000)
    page = context.new_page()
    for path in [one for one in kinds if (site / one).exists()]:
        page.goto((site / path).as_uri())
        found = Axe().run(page)
        assert violations(found) == [], path
        assert len(found.response["passes"]) > 10
    context.close()
