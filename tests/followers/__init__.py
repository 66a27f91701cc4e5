"""Programs that keep a copy of a firm's records by following its changes, and one that changes them at random."""
