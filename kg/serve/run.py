"""Starts the processes, listens, watches for a new build, and stops without losing a request."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import socket
from collections.abc import AsyncIterator, Callable
from typing import Any

from kg.errors import KGError, StoreError
from kg.serve.app import App
from kg.serve.pool import Pool
from kg.serve.settings import Settings
from kg.store import current

_LOG = logging.getLogger("kg.serve")
_LOOK = 0.5
_MARGIN = 5.0
_NICE = 10


def run(settings: Settings, listening: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM.

    Args:
        settings: What to serve, where, and within which limits.
        listening: Called with the address once requests are answered.

    Raises:
        KGError: If the port is in use or the extra is not installed.
        StoreError: If there is no store.
    """
    try:
        import uvicorn  # noqa: F401
    except ImportError:
        fix = "pip install 'kg[serve]'"
        raise KGError("kg serve needs a web server that is not installed", fix=fix) from None
    current(settings.workspace)
    with _socket(settings) as listener:
        asyncio.run(_serve(settings, listener, listening))


def _socket(settings: Settings) -> socket.socket:
    where = f"{settings.host}:{settings.port}"
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((settings.host, settings.port))
    except OSError as error:
        made.close()
        if error.errno == errno.EADDRINUSE:
            fix = "choose another --port, or --port 0 for any free one"
            raise KGError(f"port {settings.port} is in use", fix=fix) from None
        fix = "give an address of this machine as --host, and a port that you may use"
        raise KGError(f"cannot listen on {where}: {error.strerror or error}", fix=fix) from None
    return made


async def _serve(
    settings: Settings, listener: socket.socket, listening: Callable[[str], None]
) -> None:
    async with _pools(settings) as (pages, aside, sparql):
        await _listen(App(settings, pages, aside, sparql), settings, listener, listening)


async def _listen(
    app: App, settings: Settings, listener: socket.socket, listening: Callable[[str], None]
) -> None:
    import uvicorn

    from kg.serve.connection import Server, protocol

    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"http://{host}:{listener.getsockname()[1]}/"
    config = uvicorn.Config(
        app,
        http=protocol(settings.client),
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=settings.connections,
        timeout_graceful_shutdown=int(max(settings.page, settings.query.seconds) + _MARGIN),
    )
    await Server(config, lambda: listening(address)).serve(sockets=[listener])


@contextlib.asynccontextmanager
async def _pools(settings: Settings) -> AsyncIterator[tuple[Pool, Pool, Pool]]:
    """Have three kinds of processes; whatever happens, none is left."""
    aside = _pages(settings, 1, warm=False)
    pools = _pages(settings, settings.workers), aside, _sparql(settings)
    watching = None
    try:
        await asyncio.gather(*(pool.start() for pool in pools))
        watching = asyncio.ensure_future(_watch(settings, pools))
        yield pools
    finally:
        if watching:
            watching.cancel()
        await asyncio.gather(*(pool.close() for pool in pools))


def _pages(settings: Settings, size: int, warm: bool = True) -> Pool:
    options = _options(settings) | {"warm": warm, "seconds": settings.page}
    return Pool(
        options,
        lambda: current(settings.workspace),
        size=size,
        queue=settings.connections,
        patience=settings.page,
        limit=settings.page,
        quick=settings.page,
        long=0,
        worn=2 * settings.worn,
    )


def _sparql(settings: Settings) -> Pool:
    return Pool(
        _options(settings) | {"nice": _NICE},
        lambda: current(settings.workspace),
        size=settings.workers,
        queue=settings.queue,
        patience=settings.patience,
        limit=settings.query.seconds,
        quick=settings.quick,
        long=settings.long,
        worn=settings.worn,
    )


def _options(settings: Settings) -> dict[str, Any]:
    limits = settings.query
    return {
        "workspace": str(settings.workspace),
        "pages": settings.pages,
        "seconds": limits.seconds,
        "rows": limits.rows,
        "bytes": limits.bytes,
        "memory": limits.memory,
        "nice": 0,
        "warm": False,
    }


async def _watch(settings: Settings, pools: tuple[Pool, ...]) -> None:
    """Open a new build as soon as it is the current one; one that cannot be opened is told once."""
    bad = ""
    while True:
        await asyncio.sleep(_LOOK)
        build = bad
        try:
            build = current(settings.workspace)
            if build == bad or all(pool.build == build for pool in pools):
                continue
            for pool in pools:
                await pool.renew()
        except StoreError as error:
            bad = build
            _LOG.error("a build cannot be opened", extra={"fields": {"said": str(error)}})
        else:
            bad = ""
            _LOG.info("a new build is served", extra={"fields": {"build": build}})
