"""Start a server with settings that the command line does not offer: JSON in, address out."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from kg.serve import Settings, log, run
from kg.sparql import Limits


def main() -> None:
    given = json.loads(sys.argv[1])
    given["workspace"] = Path(given["workspace"])
    if "query" in given:
        given["query"] = Limits(**given["query"])
    log.set_up()
    run(Settings(**given), lambda address: print(address, flush=True))


if __name__ == "__main__":
    main()
