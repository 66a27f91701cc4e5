"""What the Praxis door has beyond the resource table: its envelope, signing in, and a few acts and sums."""
