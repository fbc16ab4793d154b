"""Profiles of the browser that are used again: the app's scripts, which are megabytes, are fetched once for each.

Two windows that are open at once never have the same profile. A profile that is used again has nothing of the window
before but what the browser keeps of files that never change.
"""

from contextlib import suppress

from playwright.sync_api import Browser, BrowserContext, Error, Page

# All that a page can keep, but for the cache of what it fetched.
_KEPT = "cookies,local_storage,session_storage,indexeddb,websql,cache_storage,service_workers,file_systems"


class Profiles:
    """The profiles of one browser."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: list[BrowserContext] = []

    def take(self) -> BrowserContext:
        """A profile that no window has, without cookies, permissions and anything kept by a page."""
        return self._free.pop() if self._free else self._browser.new_context()

    def give_back(self, profile: BrowserContext, page: Page, origin: str) -> None:
        """Close a profile's windows and make it as new; one whose page is closed or hangs is not used again."""
        with suppress(Error):
            profile.new_cdp_session(page).send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": _KEPT})
            profile.clear_cookies()
            profile.clear_permissions()
            for each in profile.pages:
                each.close()
            self._free.append(profile)
            return
        profile.close()
