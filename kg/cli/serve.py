"""kg serve."""

from __future__ import annotations

import re

import click

from kg.cli._common import Seconds, workspace_option

_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[^/?#\s]+")


@click.command(short_help="Pages in the browser, and a SPARQL endpoint; read-only.")
@workspace_option
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS",
              help="Where to listen; the default is for this machine alone.")  # fmt: skip
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True,
              help="0 for any free one; it is printed.")  # fmt: skip
@click.option("--base-url", default="", metavar="URL",
              help="Where others reach it, if a proxy (TLS) stands in front and takes the path of "
                   "this address off.")  # fmt: skip
@click.option("--cors", multiple=True, metavar="ORIGIN",
              help="Whose scripts may read the endpoint; * for all; repeatable.")  # fmt: skip
@click.option("--time-limit", type=Seconds(), default=20.0, show_default=True,
              help="Seconds for one query.")  # fmt: skip
@click.option("--row-limit", type=click.IntRange(min=1), default=100_000, show_default=True,
              help="Rows for one query.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True,
              help="Processes for queries, and as many for pages.")  # fmt: skip
def command(
    workspace: str | None,
    host: str,
    port: int,
    base_url: str,
    cors: tuple[str, ...],
    time_limit: float,
    row_limit: int,
    workers: int,
) -> None:
    """Serve the store of a workspace until Ctrl-C. The address is printed.

    /sparql is an endpoint of the SPARQL 1.1 Protocol, /.well-known/void describes the data,
    /healthz says whether the server is well. A new build is served as soon as it is made. One line
    of JSON for each request goes to standard error.

    \b
    Example:
      kg serve
      kg serve --port 0
      kg serve --base-url https://example.org/partnerships/
      kg serve --cors https://yasgui.example.org
      curl -H 'Accept: text/csv' --data-urlencode 'query=SELECT * { ?m a sp:Mission } LIMIT 5' \\
        http://127.0.0.1:8000/sparql
    """
    from dataclasses import replace

    from kg import resources
    from kg.safe import site_address
    from kg.serve import Settings, log, run

    home = resources.workspace(workspace)
    origins = tuple(map(_origin, cors))
    settings = Settings(home, host, port, origins, site_address(base_url), workers=workers)
    limits = replace(settings.query, seconds=time_limit, rows=row_limit)
    settings = replace(settings, query=limits, long=workers)
    if not settings.loopback:
        click.echo(f"warning: everybody who can reach {host} can read this workspace", err=True)
    log.set_up()
    run(settings, click.echo)


def _origin(text: str) -> str:
    """Return an origin as browsers send it (RFC 6454, section 7), or the star for all."""
    from kg.errors import KGError

    found = text.rstrip("/")
    if found != "*" and not _ORIGIN.fullmatch(found):
        raise KGError(f"'{text}' is no origin", fix="such as https://yasgui.example.org, or *")
    return found
