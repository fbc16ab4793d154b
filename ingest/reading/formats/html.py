"""Web pages: the main part without menus, buttons and scripts, converted to Markdown and then to sections."""

import io
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from bs4.dammit import EncodingDetector
from markitdown import StreamInfo
from markitdown.converters import HtmlConverter

from ingest.document import Section
from ingest.reading.clean import one_line
from ingest.reading.contents import Contents
from ingest.reading.decode import decode
from ingest.reading.formats import markdown
from ingest.reading.formats.html_forms import fill_in_forms, join_terms
from ingest.reading.formats.html_panels import open_panels
from ingest.reading.formats.html_soup import HtmlSoup
from ingest.reading.formats.html_tables import tables_to_lines

# What is on a page and is not its text: scripts, menus, forms, links to headings, and a wiki's edit links, navigation
# boxes and table of contents.
_NOISE = (
    "script, style, template, noscript, nav, button, select, input, dialog, svg, iframe, [hidden], "
    "[role=navigation], [role=search], [role=banner], [role=contentinfo], .headerlink, .hash-link, .anchor-link, "
    "#onetrust-banner-sdk, #CybotCookiebotDialog, .cookie-banner, .cookie-consent, .cookie-notice, .cc-window, "
    ".mw-editsection, .mw-cite-backlink, .navbox, .sidebar, .navbar, .catlinks, .noprint, #toc, sup.reference"
)
# The last one holds the article of a wiki, below the list of its languages.
_MAIN = ("#mw-content-text", "main", "[role=main]", "article")
# The main part holds most of the text. Otherwise the page uses this element for something else.
_MAIN_SHARE = 0.4
# Escape everything that Markdown would read as a mark. The Markdown parser removes the backslashes again.
ESCAPED = {"escape_misc": True}


def read(path: Path) -> Contents:
    """Read a web page, one section per heading."""
    return Contents(sections(path.read_bytes()))


def sections(page: bytes | str) -> list[Section]:
    """Turn the markup of a web page into sections."""
    return list(markdown.sections(_as_markdown(page), converted=True))


def plain(page: bytes | str) -> str:
    """Turn the markup of a web page into one text."""
    return markdown.plain(_as_markdown(page), converted=True)


def _as_markdown(page: bytes | str) -> str:
    if isinstance(page, bytes) and not EncodingDetector.find_declared_encoding(page, is_html=True):
        page = decode(page)
    soup = HtmlSoup(page)
    top = soup.find("h1") or soup.title
    title = one_line(top.get_text()) if top else ""
    open_panels(soup)
    fill_in_forms(soup)
    for element in soup.select(_NOISE):
        element.decompose()
    join_terms(soup)
    main = _main_part(soup)
    tables_to_lines(soup, main)
    if title and not main.find("h1"):
        heading = soup.new_tag("h1", string=title)
        main.insert(0, heading)
    stream = io.BytesIO(str(main).encode("utf-8", "replace"))
    return HtmlConverter().convert(stream, StreamInfo(charset="utf-8"), **ESCAPED).markdown


def _main_part(soup: BeautifulSoup) -> Tag:
    whole = soup.body or soup
    length = len(whole.get_text())
    for selector in _MAIN:
        found = soup.select(selector)
        if len(found) == 1 and len(found[0].get_text()) >= length * _MAIN_SHARE:
            return found[0]
    return whole
