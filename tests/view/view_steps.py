"""What a user does with the page, and what is seen then: for the tests of its controls."""


def shown(page):
    return page.evaluate("kgPage.nodes.filter(n => n.shown).map(n => n.label)")


def set_year(page, year):
    page.evaluate(
        "y => { const s = document.getElementById('year'); s.value = y;"
        " s.dispatchEvent(new Event('input')); }",
        year,
    )


def address(page):
    page.wait_for_timeout(250)
    return page.evaluate("location.hash")
