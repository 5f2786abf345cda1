#!/usr/bin/python3
"""naswot, synflow, zico and jacob_cov of NAS-Bench-201 cells in PyTorch, the peer of runs/bench/all-cells.

pytorch_proxies.py FILE NETWORKS [BATCH]: CIFAR records, and a file with one network a line; prints cells per second of
process CPU time, with synflow in double, which its range asks for, and in float, which is enough for cells this small. One thread, channels last; one forward pass of the first batch serves naswot, jacob_cov and zico.
"""

import gzip
import json
import sys
import time

import numpy
import torch
import torch.nn.functional as F
from torch import nn

import network


def images(file, size, batch):
    with gzip.open(file) as source:
        records = numpy.frombuffer(source.read(3073 * 2 * batch), numpy.uint8).reshape(-1, 3073)
    x = torch.tensor(records[:, 1:].reshape(-1, 3, 32, 32).astype(numpy.float32))
    x = F.avg_pool2d((x - 120) / 64, 32 // size)
    labels = torch.tensor(records[:, 0].astype(numpy.int64))
    return [
        (x[i : i + batch].contiguous(memory_format=torch.channels_last), labels[i : i + batch]) for i in (0, batch)
    ]


class Codes:
    """K of naswot."""

    def __init__(self, net):
        self.kernel = 0
        self.hooks = [m.register_forward_hook(self.add) for m in net.layers if isinstance(m, nn.ReLU)]

    def add(self, module, inputs, output):
        with torch.no_grad():
            bits = (output > 0).reshape(len(output), -1).float()
            both = bits @ bits.t()
            ones = bits.sum(1)
            self.kernel = self.kernel + bits.shape[1] - ones[:, None] - ones[None, :] + 2 * both

    def score(self):
        for hook in self.hooks:
            hook.remove()
        return torch.linalg.slogdet(self.kernel.double())[1].item()


def jacob_cov(gradient):
    if gradient is None:
        return float("nan")
    correlation = torch.corrcoef(gradient.reshape(len(gradient), -1).double())
    if not correlation.isfinite().all():
        return float("nan")
    values = torch.linalg.eigvalsh(correlation) + 1e-5
    return -(values.log() + 1 / values).sum().item()


def weights(net):
    return [p for p in net.parameters() if p.dim() > 1]


def zico(first, second):
    score = 0.0
    for a, b in zip(first, second):
        deviation = (a - b).abs() / 2
        used = deviation > 0
        if used.any():
            score += torch.log((((a.abs() + b.abs()) / 2)[used] / deviation[used]).sum()).item()
    return score


def synflow(net, shape, dtype):
    """Normalisation is bypassed. The net is not needed any more, so there is no copy."""
    net = net.to(dtype)
    for i, module in enumerate(net.layers):
        if isinstance(module, nn.BatchNorm2d):
            net.layers[i] = nn.Identity()
    with torch.no_grad():
        for p in net.parameters():
            p.abs_()
    used = weights(net)
    gradients = torch.autograd.grad(net(torch.ones(1, *shape, dtype=dtype)).sum(), used, allow_unused=True)
    return sum((p * g).sum().item() for p, g in zip(used, gradients) if g is not None)


def score(document, batches, dtype):
    net = network.Net(document).to(memory_format=torch.channels_last)
    used = weights(net)
    codes = Codes(net)
    x = batches[0][0].detach().requires_grad_(True)
    logits = net(x)
    naswot = codes.score()
    covariance = jacob_cov(torch.autograd.grad(logits.sum(), x, retain_graph=True, allow_unused=True)[0])
    first = torch.autograd.grad(F.cross_entropy(logits, batches[0][1]), used, allow_unused=True)
    second = torch.autograd.grad(F.cross_entropy(net(batches[1][0]), batches[1][1]), used, allow_unused=True)
    pairs = [(a, b) for a, b in zip(first, second) if a is not None]
    return naswot, covariance, zico(*zip(*pairs)), synflow(net, net.input_shape, dtype)


def main():
    torch.set_num_threads(1)
    with open(sys.argv[2]) as lines:
        documents = [json.loads(line) for line in lines]
    size = documents[0]["nodes"][0]["shape"]["height"]
    batches = images(sys.argv[1], size, int(sys.argv[3]) if len(sys.argv) > 3 else 32)
    for name, dtype in (("double", torch.double), ("float", torch.float)):
        for document in documents[:5]:
            score(document, batches, dtype)
        start = time.process_time()
        for document in documents:
            score(document, batches, dtype)
        rate = len(documents) / (time.process_time() - start)
        print(json.dumps({"synflow": name, "cells": len(documents), "cells_per_second": rate}), flush=True)


if __name__ == "__main__":
    main()
