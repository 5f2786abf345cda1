#!/usr/bin/python3
"""The work of `phyla bench engine` in PyTorch: same networks, one thread, channels last.

Usage: pytorch.py DIRECTORY, with the networks that `phyla bench engine --write DIRECTORY` has written.
Prints a line of JSON for each: forward and whole in milliseconds of process CPU time, medians.
A layer's whole is forward and backward to its input and parameters; a network's is one training step, with
cross-entropy and stochastic gradient descent with momentum.

Run it with OMP_NUM_THREADS=1 and the allocator told to keep its memory, which makes PyTorch up to four times as fast:
GLIBC_TUNABLES=glibc.malloc.mmap_threshold=4294967296:glibc.malloc.trim_threshold=4294967296
"""

import json
import statistics
import sys
import time
from pathlib import Path

import torch
import torch.nn.functional as F

import network

BUDGET = 0.6
LEAST = 7


def median(run):
    for _ in range(3):
        run()
    times = []
    end = time.process_time() + BUDGET
    while len(times) < LEAST or time.process_time() < end:
        start = time.process_time()
        run()
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def measure(item, directory):
    net = network.read(directory / item["file"]).to(memory_format=torch.channels_last)
    batch = item["batch"]
    x = torch.rand(batch, *net.input_shape).mul(2).sub(1).contiguous(memory_format=torch.channels_last)
    forward = median(lambda: net(x) if item["step"] else layer_forward(net, x))
    if item["step"]:
        labels = torch.arange(batch) % 10
        optimizer = torch.optim.SGD(net.parameters(), lr=1e-4, momentum=0.9, weight_decay=5e-4)

        def whole():
            optimizer.zero_grad()
            F.cross_entropy(net(x), labels).backward()
            optimizer.step()

    else:
        x.requires_grad_(True)
        last = len(net.layers) - 1
        slope = torch.rand_like(net(x, until=last))

        def whole():
            x.grad = None
            for parameter in net.parameters():
                parameter.grad = None
            net(x, until=last).backward(slope)

    return {"name": item["name"], "forward": forward, "whole": median(whole)}


def layer_forward(net, x):
    """As a training run does it: whatever the backward run needs is kept."""
    return net(x, until=len(net.layers) - 1)


def main():
    torch.set_num_threads(1)
    torch.manual_seed(1)
    directory = Path(sys.argv[1])
    a, b = torch.rand(1024, 1024), torch.rand(1024, 1024)
    print(json.dumps({"name": "sgemm", "gflops": 2 * 1024**3 / median(lambda: a @ b) / 1e6}), flush=True)
    for item in json.loads((directory / "subjects.json").read_text()):
        print(json.dumps(measure(item, directory)), flush=True)


if __name__ == "__main__":
    main()
