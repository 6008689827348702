"""The guarded site in a browser: logging in and out, what each role sees, a session that ends."""

import pytest

from tests.accounts.conftest import PASSWORD
from tests.web.seeing import PAGES

pytestmark = pytest.mark.browser

WAYS = [(1280, "light"), (390, "dark")]
TOLD_TO_ALL = ("main > :not(.head)",)
"""What a page holds for everybody; axe judges it where nobody is asked who they are."""
ROWS = "Vendor,Country\n" + "Lorex Technology,CA\n" * 300


def enter(window, name="sam", typed=PASSWORD):
    window.get_by_label("User name").fill(name)
    window.get_by_label("Password").fill(typed)
    window.keyboard.press("Enter")


def send(window, rows):
    file = {"name": "vendors.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    window.get_by_label("File", exact=True).set_input_files(file)
    window.get_by_role("button", name="Look at its columns").click()


@pytest.mark.parametrize("name", ["rosa", "vera"])
def test_every_page_of_a_session_breaks_no_rule_of_access(walk_signed, signed, name):
    of_all = [path for path in PAGES if path != "/screening"]
    of_few = ["/screening", "/cases", f"/cases/{signed.case}"]
    with walk_signed("/login", name) as seen:
        assert seen.complaints() == []
        for path in of_all:
            seen.open(path)
            assert (path, seen.wrong, seen.of_page(TOLD_TO_ALL)) == (path, [], [])
        for path in of_few:
            seen.window.goto(seen.site + path)
            assert (path, seen.of_page()) == (path, [])


def test_a_session_fits_a_phone_and_needs_no_scripts(walk_signed, signed):
    pages = [*PAGES, "/cases", f"/cases/{signed.case}", "/login", "/nowhere"]
    with walk_signed("/", "vera", 390, scripts=False) as seen:
        for path in pages:
            seen.window.goto(seen.site + path)
            assert (path, seen.of_page()) == (path, [])
            assert seen.window.locator(".who").inner_text().startswith("Logged in as")


@pytest.mark.parametrize(("width", "scheme"), WAYS)
def test_the_way_in_breaks_no_rule_of_access(walk_signed, width, scheme):
    with walk_signed("/screening", None, width, scheme=scheme) as seen:
        assert seen.complaints() == []
        enter(seen.window, typed="not this one")
        alert = seen.window.get_by_role("alert")
        assert alert.inner_text() == "The name or the password is not right."
        assert seen.of_page() == []
        assert seen.window.evaluate("document.activeElement.id") == "password"
        enter(seen.window, "rosa")
        seen.window.get_by_role("heading", name="Not open to you").wait_for()
        assert seen.of_page() == []
        seen.window.goto(f"{seen.site}/login?lang=tr")
        assert seen.of_page() == []


def test_pages_of_a_session_are_read_on_a_phone_in_the_dark(walk_signed, signed):
    with walk_signed("/", "vera", 390, scheme="dark") as seen:
        for path in ("/screening", "/cases", f"/cases/{signed.case}"):
            seen.open(path)
            assert (path, seen.complaints()) == (path, [])


def delete_and_leave(window):
    window.get_by_role("button", name="Delete file and result").click()
    window.get_by_role("heading", name="Screen a file").wait_for()
    window.get_by_role("button", name="Log out").click()
    assert window.get_by_role("status").inner_text() == "You are logged out."


def test_a_file_is_screened_and_deleted_between_login_and_logout(walk_signed):
    with walk_signed("/screening", scripts=False) as seen:
        window = seen.window
        enter(window)
        send(window, "Vendor,Country\nLorex Technology,CA\n")
        window.get_by_role("button", name="Screen", exact=True).click()
        window.get_by_role("heading", name="Rows").wait_for(timeout=30_000)
        with window.expect_download() as fetched:
            window.get_by_role("link", name="CSV", exact=True).click()
        assert "Lorex" in fetched.value.path().read_text()
        result = window.url
        delete_and_leave(window)
        assert seen.complaints() == []
        window.goto(result)
        assert "/login?then=" in window.url
        window.go_back()
        assert "Logged in as" not in window.content()


def test_a_session_that_ends_while_a_file_is_screened_is_said_in_words(walk_signed):
    with walk_signed("/screening", "sam") as seen:
        window = seen.window
        send(window, ROWS)
        window.get_by_role("button", name="Screen", exact=True).click()
        window.wait_for_selector("#progress")
        window.context.clear_cookies()
        said = window.get_by_role("alert").get_by_text("Your session is over.")
        said.wait_for()
        assert seen.of_page() == []
        window.get_by_role("link", name="Log in to see its result").click()
        enter(window)
        window.get_by_role("heading", name="Rows").wait_for(timeout=60_000)
        delete_and_leave(window)


def test_a_form_that_is_sent_after_the_session_is_said_in_words(walk_signed):
    with walk_signed("/screening", "sam") as seen:
        window = seen.window
        window.context.clear_cookies()
        send(window, ROWS * 200)
        window.get_by_text("What you sent was not taken").wait_for()
        assert seen.of_page() == []
        window.get_by_role("link", name="Log in and go back").click()
        enter(window)
        window.get_by_role("heading", name="Screen a file").wait_for()
