"""Webhooks: a firm's changes, sent to the addresses that ask for them, in the order of their numbers.

`subscriptions` is who is told of what, `courier` takes what is due from the `changes` table, `sending` is the
request, `destinations` where it may go, `signing` how a receiver knows it, and `history` what became of it.
"""
