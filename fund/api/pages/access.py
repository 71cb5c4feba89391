"""Who may use which page. `FILE`: those for whom the application in the address exists at all; the rest is the workflow's to say."""

from fund.api.access import ANYBODY, FILE, PUBLIC, Access

LOCALE = "/{locale:locale}"
APPLICATION = LOCALE + "/applications/{ref}"

ACCESS: tuple[Access, ...] = (
    Access("GET", "/", PUBLIC),
    Access("GET", "/static/{name}", PUBLIC),
    Access("GET", LOCALE, PUBLIC),
    Access("GET", LOCALE + "/", PUBLIC),
    Access("GET", LOCALE + "/pipeline", PUBLIC),
    Access("GET", LOCALE + "/sign-in", PUBLIC),
    Access("POST", LOCALE + "/sign-in", PUBLIC),
    Access("POST", LOCALE + "/sign-out", PUBLIC),
    Access("GET", LOCALE + "/applications", ANYBODY),
    Access("GET", LOCALE + "/applications/start", ANYBODY),
    Access("POST", LOCALE + "/applications/start", ANYBODY),
    Access("GET", APPLICATION, FILE),
    Access("GET", APPLICATION + "/sections/{section}", FILE),
    Access("POST", APPLICATION + "/sections/{section}", FILE),
    Access("GET", APPLICATION + "/check", FILE),
    Access("POST", APPLICATION + "/submit", FILE),
    Access("GET", APPLICATION + "/withdraw", FILE),
    Access("POST", APPLICATION + "/withdraw", FILE),
    Access("GET", APPLICATION + "/letter", FILE),
    # Says that there is nothing there.
    Access("GET", LOCALE + "/{rest:path}", PUBLIC),
)
