"""Where the outside meets the fund: settings, opening a fund, and pydantic models of everything that comes in."""
