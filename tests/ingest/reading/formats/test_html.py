"""Web pages: what a click opens, tables with merged cells, terms, filled forms; no menus, no buttons that act."""

import pytest

from ingest.reading.formats import html

MENU = '<button aria-controls="m" aria-expanded="false">Menu</button><ul id="m" hidden><li><a>Home</a></li></ul>'


@pytest.mark.parametrize(
    "page",
    [
        '<h3><button aria-controls="a">How do I pay?</button></h3><div id="a" hidden>By card.</div>',
        '<button aria-expanded="false">How do I pay?</button><div hidden><p>By card.</p></div>',
        '<button class="accordion">How do I pay?</button><div class="panel">By card.</div>',
        '<div class="faq-item"><div><button>How do I pay?</button></div><div>By card.</div></div>',
        '<button data-bs-toggle="collapse" data-bs-target="#a">How do I pay?</button><div id="a">By card.</div>',
        "<details><summary>How do I pay?</summary>By card.</details>",
        '<div role="tab" aria-controls="a">How do I pay?</div><div role="tabpanel" id="a" hidden>By card.</div>',
        '<div role="button" aria-expanded="false">How do I pay?</div><div hidden="until-found">By card.</div>',
    ],
)
def test_a_question_that_is_a_button_is_read_with_what_it_opens(page: str) -> None:
    assert "How do I pay?\n\nBy card." in html.plain(f"<h1>Help</h1><p>Words.</p>{page}")


@pytest.mark.parametrize(
    "page",
    [
        MENU,
        "<button>Send</button>",
        '<button aria-expanded="false">Menu</button><nav hidden><p>Home</p></nav>',
        "<div hidden>Never seen</div>",
        '<button aria-controls="d">Settings</button><div id="d" role="dialog" hidden>Sound on</div>',
        '<div class="cookie-banner">We use cookies</div>',
        "<template><p>A card</p></template>",
    ],
)
def test_menus_and_buttons_that_do_something_are_left_out(page: str) -> None:
    assert html.plain(f"<h1>Help</h1><p>Words.</p>{page}") == "Help\n\nWords."


def test_a_merged_cell_stands_in_each_row_and_column() -> None:
    page = """<table><caption>Rates</caption><tr><th>Zone</th><th>Day</th><th>Night</th></tr>
    <tr><td rowspan="2">Inner</td><td>4</td><td>6</td></tr><tr><td colspan="2">5</td></tr></table>"""
    assert html.plain(page) == "Rates\n\nZone: Inner · Day: 4 · Night: 6\nZone: Inner · Day: 5 · Night: 5"


def test_cells_keep_their_words_pictures_and_lists_on_one_line() -> None:
    page = """<table><tr><th>Gas</th><th>Use</th></tr><tr><td>H<sub>2</sub>O <img alt="a drop"></td>
    <td><p>Wash</p><ul><li>cold</li><li>warm</li></ul></td></tr></table>"""
    assert html.plain(page) == "Gas: H2O a drop · Use: Wash cold, warm"


def test_wild_spans_end() -> None:
    page = '<table><tr><td colspan="999999999">a</td><td rowspan="99999">b</td></tr>' + "<tr><td>c</td></tr>" * 20
    assert html.plain(page + "</table>").count("c") == 20


def test_a_table_that_only_places_things_is_no_table() -> None:
    page = """<table role="presentation"><tr><td><h2>Offer</h2><p>One.</p></td><td>
    <table><tr><th>Size</th><th>Price</th></tr><tr><td>S</td><td>5</td></tr></table></td></tr></table>"""
    assert html.plain(page) == "Offer\n\nOne.\n\nSize: S · Price: 5"


def test_a_term_stays_with_what_it_means() -> None:
    page = (
        "<dl><dt>Fee </dt><dd>12 euro</dd><dt>Hours</dt><dd><p>Till noon.</p><ul><li>not on Sunday</li></ul></dd></dl>"
    )
    assert html.plain(page) == "Fee: 12 euro\n\nHours: Till noon.\n\n- not on Sunday"


def test_a_filled_form_has_its_values() -> None:
    page = """<form><label>Name <input value="Ada"></label><input type="hidden" value="x">
    <input type="submit" value="Go"><input type="password" value="secret">
    <p><label><input type="radio" name="r" checked>Yes</label>
    <label><input type="radio" name="r">No</label></p><select><option>Red<option selected>Blue</select></form>"""
    found = html.plain(page)
    assert "Name Ada" in found
    assert "☑ Yes" in found
    assert "☐ No" in found
    assert "Blue" in found
    assert not any(word in found for word in ("Red", "secret", "Go", "x"))


def test_pictures_have_their_descriptions_and_captions() -> None:
    page = '<figure><img src="a.png" alt="A lever"><figcaption>The lever of 1901</figcaption></figure>'
    assert html.plain(page) == "A lever\n\nThe lever of 1901"


def test_many_cells_that_go_on_downwards_end() -> None:
    page = "<table>" + '<tr><td rowspan="65000">a</td></tr>' * 1500 + "</table>"
    assert html.plain(page).count("a") < 200_000


def test_one_panel_of_many_buttons_is_looked_at_once() -> None:
    page = '<div id="x">' + '<button aria-controls="x">Why?</button><p>So.</p>' * 1000 + "</div>"
    assert html.plain(page).count("Why?") == 1000
