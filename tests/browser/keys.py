"""A person without a mouse."""


def tab_to(page, selector: str, most: int = 120) -> None:
    """Presses Tab until the first visible element of `selector` has the focus."""
    for _step in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached by the Tab key")


def fill(page, selector: str, text: str) -> None:
    """Types over whatever stands in the field."""
    tab_to(page, selector)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def press(page, selector: str) -> None:
    """Goes to a button or link and presses Enter, waiting for where it leads."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")
