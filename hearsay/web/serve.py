"""`hearsay serve`: the explorer on this machine."""

from __future__ import annotations

import getpass
import threading
from pathlib import Path
from typing import Annotated

import typer

from hearsay.errors import ArgumentError

EPILOG = "Examples:\n\n  hearsay serve --ledger news.db --open\n\n  hearsay serve -l news.db --port 8765 --readonly"
LedgerOption = Annotated[Path, typer.Option("--ledger", "-l", envvar="HEARSAY_LEDGER", help="The ledger's file.")]


def serve(
    ledger: LedgerOption = Path("hearsay.db"),
    host: Annotated[str, typer.Option(help="Address to listen on. Anything but this machine is shown read-only.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")] = 8000,
    allow_host: Annotated[list[str] | None, typer.Option(help="A further name under which it may be asked for.")] = None,
    readonly: Annotated[bool, typer.Option("--readonly", help="Nobody can judge records here.")] = False,
    open_page: Annotated[bool, typer.Option("--open", help="Open the page in your browser.")] = False,
) -> None:
    """Show a ledger in the browser: search, events, statements, network, reports; correct records in place."""
    from hearsay.ledger import Ledger
    from hearsay.web.app import make_app
    from hearsay.web.desk import warm
    from hearsay.web.shield import LOOPBACK

    local = host in LOOPBACK
    if host in ("0.0.0.0", "::") and not allow_host:
        raise ArgumentError(f"--host {host} listens on every address: name the one that browsers will use with --allow-host NAME")
    if local and not readonly:
        Ledger.open(ledger).close()  # an older file is brought up to date; one that cannot be written is told now
    app = make_app(ledger, hosts=(*LOOPBACK, host, *(allow_host or ())), writable=local and not readonly, name=_login())
    threading.Thread(target=warm, args=(app.state.desk,), daemon=True).start()
    _run(app, host, port, open_page)


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "reader"


def _run(app: object, host: str, port: int, open_page: bool) -> None:
    import socket
    import sys
    import webbrowser

    import uvicorn

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()  # whoever asks before the server is ready waits for it
    except OSError as error:
        listener.close()
        raise ArgumentError(f"cannot listen on {host}:{port} ({error.strerror}); choose another --port") from error
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listener.getsockname()[1]}/"
    print(f"The ledger is open at {address}  (Ctrl-C ends)", file=sys.stderr, flush=True)
    if open_page:
        webbrowser.open(address)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False, proxy_headers=False))  # type: ignore[arg-type]
    server.run(sockets=[listener])
