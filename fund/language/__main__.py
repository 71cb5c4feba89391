"""`python -m fund.language --extract` brings the catalogues up to date; `--check` lists their faults and exits 1 if there are any."""

import argparse
import sys

from fund.language.checking import faults
from fund.language.extraction import extract, found


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m fund.language", description=__doc__)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--extract", action="store_true", help="write locales/fund.pot and every fund.po; translations are kept")
    what.add_argument("--check", action="store_true", help="list missing, unused and faulty messages")
    lines = extract(found()) if parser.parse_args().extract else faults(found())
    print("\n".join(lines) or "catalogues: nothing to report")
    return 1 if lines and sys.argv[1] == "--check" else 0


if __name__ == "__main__":
    sys.exit(main())
