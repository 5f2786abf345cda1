"""Ratios of what runs/bench/programs has measured: program_ratios.py OURS THEIRS, JSON lines with name, forward, whole, first."""

import json
import statistics
import sys


def read(path):
    found = {}
    with open(path) as lines:
        for line in lines:
            item = json.loads(line)
            found.setdefault(item["name"], []).append(item)
    return found


def ratio(ours, theirs, ours_key, theirs_key):
    """Of the medians over the rounds."""
    return statistics.median(it[theirs_key] for it in theirs) / statistics.median(it[ours_key] for it in ours)


ours, theirs = read(sys.argv[1]), read(sys.argv[2])
keys = {"forward": ("forward", "forward"), "both": ("whole", "whole"), "first 100 steps": ("first", "first")}
table = {name: [ratio(ours[name], theirs[name], *pair) for pair in keys.values()] for name in ours}
print(f"{'times as fast as PyTorch':28}" + "".join(f"{key:>18}" for key in keys))
for name, row in table.items():
    if not name.startswith("random"):
        print(f"{name:28}" + "".join(f"{it:18.2f}" for it in row))
drawn = [row for name, row in table.items() if name.startswith("random")]
if len(drawn) > 1:
    columns = list(zip(*drawn))
    quartiles = [statistics.quantiles(column, n=4) for column in columns]
    lines = {
        "slowest": [min(column) for column in columns],
        "quarter": [it[0] for it in quartiles],
        "median": [it[1] for it in quartiles],
        "three quarters": [it[2] for it in quartiles],
        "fastest": [max(column) for column in columns],
    }
    for label, row in lines.items():
        print(f"{f'{len(drawn)} random, {label}':28}" + "".join(f"{it:18.2f}" for it in row))
    worst = sorted((row[1], name) for name, row in table.items())[:5]
    print("slowest of all:", ", ".join(f"{name} {it:.2f}" for it, name in worst))
