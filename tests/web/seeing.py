"""What a test sees of a page: what it asks for, says to the console, and how it fits."""

from axe_playwright_python.sync_playwright import Axe

PAGES = (
    "/",
    "/search?q=dahua",
    "/entity/core-zhejiang-dahua",
    "/sources",
    "/standards",
    "/standards?class=C1",
    "/standards/parity",
    "/standards/neutrality",
    "/compare",
    "/trace",
    "/trace?from=core-lorex&to=core-pl-xinjiang&max_hops=4",
    "/map",
    "/screening",
)
"""Every page, as it is first seen."""

_FIRST_PAINT = """
new Promise(told => new PerformanceObserver(seen => {
    const first = seen.getEntriesByName("first-contentful-paint")[0];
    if (first) told(first.startTime);
}).observe({type: "paint", buffered: true}))
"""


class Walk:
    """A page in a browser, with what was wrong while it was opened."""

    def __init__(self, site, window, *, runs_scripts):
        self.site = site
        self.window = window
        self.runs_scripts = runs_scripts
        self.wrong = []
        window.on("request", self._asked)
        window.on("console", lambda said: self.wrong.append(f"console: {said.text}"))
        window.on("pageerror", lambda error: self.wrong.append(f"script: {error}"))

    def _asked(self, request):
        if not request.url.startswith((self.site, "data:", "blob:")):
            self.wrong.append(f"asks outside: {request.url}")

    def open(self, path):
        """Go to a page of the site."""
        answer = self.window.goto(self.site + path)
        if answer.status >= 400:
            self.wrong.append(f"{path}: status {answer.status}")
        self.window.wait_for_load_state("load")

    def complaints(self):
        """Say what is wrong: requests to others, errors, a page too wide, rules of axe broken.

        Axe itself is a script.
        """
        return [*self.wrong, *self.of_page()]

    def of_page(self, but=()):
        """Say what is wrong with the page itself, whatever it took to get it."""
        wide = self.window.evaluate("document.documentElement.scrollWidth - innerWidth")
        found = [f"scrolls sideways by {wide}"] if wide > 0 else []
        return [*found, *(self.of_axe(but) if self.runs_scripts else ())]

    def of_axe(self, but=()):
        """Say which rules of axe the page breaks, but for parts that are judged elsewhere."""
        judged = {"exclude": list(but)} if but else None
        broken = Axe().run(self.window, judged).response["violations"]
        return [
            f"axe {one['id']}: {[node['html'][:200] for node in one['nodes'][:3]]}"
            for one in broken
        ]

    def first_paint_of(self, path):
        """Load a page again; return the milliseconds until its first content is on screen."""
        self.open(path)
        return self.window.evaluate(_FIRST_PAINT)
