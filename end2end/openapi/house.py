"""A small Footfall: the built binary, a site that has something in every list, a person who is signed in, a key."""

import datetime
import http.cookiejar
import json
import os
import re
import socket
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

# The one that the examples of the description name.
DOMAIN = "example.com"
# No example of the description is the password: that form would end the sign-in of the tests.
EMAIL, PASSWORD = "ada@example.com", "staple of the tests"
# Who signs out everywhere, and is given another role.
OTHER = "bob@example.com"
# Whose role is taken away.
LEAVING = "cleo@example.com"
# Seconds a start may take on a busy machine.
PATIENCE = 60

AGENTS = [
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
]
PAGES = ["/", "/pricing", "/blog/a-day", "/docs/install?utm_source=newsletter&utm_medium=email&utm_campaign=autumn"]
REFERRERS = ["", "https://www.google.com/", "https://news.ycombinator.com/item?id=1"]


class House:
    """A running server with what a test needs to ask it."""

    def __init__(self, footfall):
        self.footfall = str(footfall)
        self.folder = tempfile.TemporaryDirectory(prefix="footfall-openapi-")
        self.log = Path(self.folder.name) / "log"
        self.process = None

    def __enter__(self):
        for domain in (DOMAIN, "quiet.example", "renamed.example", "removed.example", "forms.example"):
            self.command("site", "add", domain)
        # What is for everybody where a site is: counters, widgets, the card.
        self.command("site", "public", DOMAIN, "on")
        for email in (EMAIL, OTHER, LEAVING):
            self.command("user", "add", email, "--password-stdin", said=PASSWORD)
        self.command("import", "--site", DOMAIN, "--format", "hits", "-", said=hits())
        # The site's own has the number 1, for the form that removes it: of another's it would be refused.
        self.command("key", "add", "--site", DOMAIN, "--scope", "stats")
        self.key = self.command("key", "add", "--scope", "admin").strip()
        self.serve()
        self.name_things()
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.folder.cleanup()

    def command(self, *words, said=""):
        """Runs a command of the binary; what it printed."""
        done = subprocess.run([self.footfall, *words], input=said, env=self.environment(), capture_output=True, text=True, cwd=self.folder.name)
        assert done.returncode == 0, f"footfall {' '.join(words)}: {done.stderr}"
        return done.stdout

    def environment(self):
        # Nothing of this machine's settings; and more questions within the hour than the tests ask, so that none is refused for
        # their number.
        return {"PATH": os.environ["PATH"], "FOOTFALL_DATA": f"{self.folder.name}/data", "FOOTFALL_API_REQUESTS_PER_HOUR": "1000000"}

    def serve(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{probe.getsockname()[1]}"
        self.url = f"http://{address}"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen([self.footfall, "serve", "--listen", address], stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self.environment())
        until = time.monotonic() + PATIENCE
        while not self.is_ready():
            assert self.process.poll() is None, f"the server ended at once:\n{self.said()}"
            assert time.monotonic() < until, f"the server is not ready:\n{self.said()}"
            time.sleep(0.05)

    def is_ready(self):
        try:
            return urllib.request.urlopen(f"{self.url}/readyz", timeout=5).status == 200
        except OSError:
            return False

    def said(self):
        return self.log.read_text(errors="replace")

    def sign_in(self, email=EMAIL):
        """A sign-in of its own: the token in its cookie, and that of its forms."""
        jar = http.cookiejar.CookieJar()
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        form = {"csrf": token(browser.open(f"{self.url}/login")), "email": email, "password": PASSWORD, "next": "/account"}
        page = browser.open(f"{self.url}/login", urllib.parse.urlencode(form).encode())
        assert page.url.endswith("/account"), page.url
        return next(cookie.value for cookie in jar if cookie.name == "footfall"), token(page)

    def name_things(self):
        """Segments (numbers 1 and 2: the form that removes one removes the second), a goal, two teams and a link, for what names one."""
        cookie, csrf = self.sign_in()
        goal = {"kind": "event", "event": "Signed up"}
        segments = [{"name": name, "for": "site", "f": f"is,page,/{name}"} for name in ("pricing", "docs")]
        of_site = f"/{DOMAIN}/settings"
        forms = [(f"{of_site}/segments", segments[0]), (f"{of_site}/segments", segments[1]), (f"{of_site}/goals", goal)]
        for form, fields in [*forms, ("/teams/new", {"name": "Shop"}), ("/teams/new", {"name": "Press"})]:
            sent = urllib.parse.urlencode({**fields, "csrf": csrf}).encode()
            urllib.request.urlopen(urllib.request.Request(f"{self.url}{form}", sent, {"Cookie": f"footfall={cookie}"}))
        sent = urllib.parse.urlencode({"site_id": DOMAIN, "name": "Board"}).encode()
        asked = urllib.request.Request(f"{self.url}/api/v1/sites/shared-links", sent, {"Authorization": f"Bearer {self.key}"}, method="PUT")
        self.link = json.load(urllib.request.urlopen(asked))["url"].partition("auth=")[2]

    def give_roles(self):
        """What the forms take away. Programs take it away too: they try every address that the description names."""
        # Who asks has a role of their own, beside being an administrator, for the form that gives it back.
        for email, role in ((EMAIL, "admin"), (OTHER, "viewer"), (LEAVING, "viewer")):
            self.command("site", "role", DOMAIN, email, role)

    def knows(self, sign_in):
        """Whether a sign-in still opens pages."""
        asked = urllib.request.Request(f"{self.url}/account", headers={"Cookie": f"footfall={sign_in[0]}"})
        return urllib.request.urlopen(asked).url.endswith("/account")


def token(page):
    return re.search(r'name="csrf" value="([^"]+)"', page.read().decode())[1]


def hits():
    """A few hundred hits of the last 40 days, the same every time but for the day they end on."""
    now = datetime.datetime.now(datetime.timezone.utc)
    lines = []
    for n in range(400):
        at = now - datetime.timedelta(minutes=5 + n * 140)
        hit = {
            "time": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "name": "Signed up" if n % 9 == 0 else "pageview",
            "url": f"https://{DOMAIN}{PAGES[n % len(PAGES)]}",
            "referrer": REFERRERS[n % len(REFERRERS)],
            "address": f"{['8.8.8', '91.64.1', '81.2.69'][n % 3]}.{1 + n % 50}",
            "user_agent": AGENTS[n % len(AGENTS)],
            "props": {"plan": ["free", "gold"][n % 2]},
        }
        lines.append(json.dumps(hit) + "\n")
    return "".join(reversed(lines))
