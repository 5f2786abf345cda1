#!/usr/bin/python3
"""Layer programs op by op in PyTorch: pytorch_programs.py FILE, as PeerPrograms has written it; one thread, 64,32,16,16,
channels last where that is faster. Prints a line of JSON for each program: milliseconds of CPU time of a forward run (forward), of
both runs (whole), and of both in the first hundred steps (first). See pytorch.py for the environment that makes it fast."""

import json
import statistics
import sys
import time

import torch

BATCH, CHANNELS, SIZE = 64, 32, 16
FIRST, ROUNDS = 100, 15
AXES = {"bwh": (0, 2, 3), "wh": (2, 3), "whc": (1, 2, 3)}


def moment(kind, axes, a, groups, epsilon):
    shape = a.shape
    if axes == "whcg":
        a = a.reshape(shape[0], groups, -1)
        dims = (2,)
    else:
        dims = AXES[axes]
    if kind == "mean":
        m = a.mean(dims, keepdim=True)
    elif kind == "rms":
        m = (a.square().mean(dims, keepdim=True) + epsilon).sqrt()
    else:
        m = (a.var(dims, unbiased=False, keepdim=True) + epsilon).sqrt()
    return m.expand(a.shape).reshape(shape) if axes == "whcg" else m.expand(shape)


def node(operation, a, b, groups, epsilon):
    kind, _, axes = operation.partition("_")
    if axes:
        return moment(kind, axes, a, groups, epsilon)
    return {
        "add": lambda: a + b,
        "mul": lambda: a * b,
        "div": lambda: a / b,
        "max": lambda: torch.maximum(a, b),
        "neg": lambda: -a,
        "sigmoid": lambda: a.sigmoid(),
        "tanh": lambda: a.tanh(),
        "exp": lambda: a.exp(),
        "log": lambda: a.sign() * (a.abs() + epsilon).log(),
        "abs": lambda: a.abs(),
        "square": lambda: a.square(),
        "sqrt": lambda: a.sign() * (a.abs() + epsilon).sqrt(),
    }[operation]()


def run(program, groups, x, vectors, scale, shift):
    values = [x, torch.zeros(1).expand(x.shape)] + [v.expand(x.shape) for v in vectors]
    for each in program["nodes"]:
        inputs = each["inputs"]
        values.append(node(each["operation"], values[inputs[0]], values[inputs[-1]], groups, program["epsilon"]))
    return values[program["output"]] * scale + shift


def measure(item, layout):
    program = item["program"]
    x = torch.randn(BATCH, CHANNELS, SIZE, SIZE).contiguous(memory_format=layout).requires_grad_(True)
    slope = torch.randn(BATCH, CHANNELS, SIZE, SIZE).contiguous(memory_format=layout)
    vectors = [torch.full((1, CHANNELS, 1, 1), float(v["initial"]), requires_grad=True) for v in program["vectors"]]
    scale = torch.ones(1, CHANNELS, 1, 1, requires_grad=True)
    shift = torch.zeros(1, CHANNELS, 1, 1, requires_grad=True)
    leaves = [x, scale, shift, *vectors]

    def step():
        for leaf in leaves:
            leaf.grad = None
        start = time.process_time()
        y = run(program, item["groups"], x, vectors, scale, shift)
        turn = time.process_time()
        y.backward(slope)
        return 1000 * (turn - start), 1000 * (time.process_time() - start)

    count = FIRST if "--first" in sys.argv else 5
    start = time.process_time()
    for _ in range(count):
        step()
    first = (time.process_time() - start) * 1000 / count
    times = [step() for _ in range(ROUNDS)]
    return {
        "name": item["name"],
        "forward": statistics.median(t[0] for t in times),
        "whole": statistics.median(t[1] for t in times),
        "first": first,
    }


def main():
    torch.set_num_threads(1)
    torch.manual_seed(1)
    with open(sys.argv[1]) as file:
        items = json.load(file)
    for item in items:
        # The faster layout is the fair one.
        both = [measure(item, layout) for layout in (torch.contiguous_format, torch.channels_last)]
        print(json.dumps(min(both, key=lambda it: it["whole"])), flush=True)


main()
