"""How fast Matterbase answers, beside SQL written by hand: `python -m bench.run` (or `make bench`).

`data.py` invents the rows and `load.py` puts them into both; `floor.py` is the hand-written server, the least
that such an answer can cost; `workloads.py` says what is asked. `hotspots.py` shows where the time goes.
"""
