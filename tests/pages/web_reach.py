"""Streamlit, for an app that may fetch web pages from one port of this machine as if that were the internet.

Used as `python -m tests.pages.web_reach run app.py`, with the port in PINPOINT_TEST_WEB_PORT.
"""

import os
import sys

from streamlit.web.cli import main

from ingest.web import fetch

if __name__ == "__main__":
    port = int(os.environ["PINPOINT_TEST_WEB_PORT"])
    # The worker is imported later, by the first page.
    fetch.INTERNET = fetch.Reach(lambda address: address == "127.0.0.1", frozenset({port}))
    sys.exit(main())
