"""The explorer: a ledger in the browser, on this machine. `hearsay serve` starts it; `app.make_app` gives the ASGI application.

Pages are drawn on the server and work without script; `static/explorer.js` only lights what belongs together. See
docs/guide/explorer.md and docs/decisions/0003-explorer.md.
"""
