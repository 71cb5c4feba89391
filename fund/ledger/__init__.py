"""The ledger: every fact of the fund, in one gap-free order, append-only, with sealed texts.

`Ledger` (store) is the way in. Beneath it: `mapper` (events <-> bytes), `seal` and `keys` (texts that can be erased),
`leaf` (what the proof tree commits to), `reader` (fast reads) and one recorder per kind of database: `memory`, `sqlite`, `postgres`.
"""
