"""Ratios of paired measurements: ratios.py OURS THEIRS [HEADING HEADING], JSON lines with name, forward and whole, in the
order of rounds."""

import json
import random
import statistics
import sys


def read(path):
    rounds = {}
    with open(path) as lines:
        for line in lines:
            item = json.loads(line)
            if "whole" in item:
                rounds.setdefault(item["name"], []).append(item)
    return rounds


def interval(values):
    """Of the median, by bootstrap."""
    draw = random.Random(1)
    medians = sorted(statistics.median(draw.choices(values, k=len(values))) for _ in range(2000))
    return medians[50], medians[1949]


ours, theirs = read(sys.argv[1]), read(sys.argv[2])
headings = sys.argv[3:5] or ["phyla ms", "PyTorch ms"]
print(f"{'':28} {headings[0]:>9} {headings[1]:>10} {'ratio':>6}  95 % interval   forward alone")
for name, items in ours.items():
    pairs = list(zip(items, theirs[name]))
    whole = [their["whole"] / our["whole"] for our, their in pairs]
    forward = [their["forward"] / our["forward"] for our, their in pairs]
    low, high = interval(whole)
    print(
        f"{name:28} {statistics.median(our['whole'] for our, _ in pairs):9.3f}"
        f" {statistics.median(their['whole'] for _, their in pairs):10.3f}"
        f" {statistics.median(whole):6.2f}  {low:.2f} to {high:.2f}"
        f"{statistics.median(forward):16.2f}"
    )
