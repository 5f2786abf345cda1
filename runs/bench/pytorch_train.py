#!/usr/bin/python3
"""A ResNet-20 on CIFAR records in PyTorch, the peer of PeerRun.

pytorch_train.py DIRECTORY: the steps whose weights, batches and losses PeerRun wrote there; prints both losses.
pytorch_train.py FILE NETWORK EPOCHS SEED: trains on the same split with the same recipe, prints the accuracy.
"""

import gzip
import json
import math
import sys
import time
from pathlib import Path

import numpy
import torch
import torch.nn.functional as F

import network

RATE, MOMENTUM, DECAY, BATCH = 0.1, 0.9, 5e-4, 64


def optimizer(net):
    """Weights decay; biases and normalisation's scale and shift do not."""
    weights = [p for p in net.parameters() if p.dim() > 1]
    others = [p for p in net.parameters() if p.dim() == 1]
    return torch.optim.SGD(
        [{"params": weights, "weight_decay": DECAY}, {"params": others, "weight_decay": 0}], lr=RATE, momentum=MOMENTUM
    )


def step(net, optim, x, labels, rate):
    for group in optim.param_groups:
        group["lr"] = rate
    optim.zero_grad()
    loss = F.cross_entropy(net(x), labels)
    loss.backward()
    optim.step()
    return loss.item()


def losses(directory, dtype):
    """Of the steps that PeerRun wrote, in float as it ran them or in double, which shows what rounding does."""
    net = network.read(directory / "network.json").to(memory_format=torch.channels_last)
    net.load(network.safetensors(directory / "first.safetensors"))
    net = net.to(dtype)
    optim = optimizer(net)
    with open(directory / "batches.jsonl") as batches, open(directory / "losses.jsonl") as points:
        for batch, point in zip(map(json.loads, batches), map(json.loads, points)):
            x = torch.tensor(batch["images"]).reshape(BATCH, 32, 32, 3).permute(0, 3, 1, 2).to(dtype)
            labels = torch.tensor(batch["labels"])
            yield point["training_loss"], step(net, optim, x, labels, point["learning_rate"])


def first_steps(directory):
    worst = rounding = 0
    pairs = zip(losses(directory, torch.float32), losses(directory, torch.float64))
    for number, ((ours, theirs), (_, double)) in enumerate(pairs, 1):
        worst, rounding = max(worst, abs(ours - theirs)), max(rounding, abs(theirs - double))
        print(f"step {number:2}  phyla {ours:.6f}  PyTorch {theirs:.6f}, in double {double:.6f}")
    print(f"largest difference {worst:.1e}; between PyTorch in float and in double {rounding:.1e}")


def read(file):
    with gzip.open(file) as source:
        records = numpy.frombuffer(source.read(), numpy.uint8).reshape(-1, 3073)
    labels = torch.tensor(records[:, 0].astype(numpy.int64))
    images = torch.tensor(records[:, 1:].reshape(-1, 3, 32, 32).astype(numpy.float32))
    train, validation = len(records) * 8 // 10, len(records) * 9 // 10
    mean = images[:train].mean((0, 2, 3), keepdim=True)
    deviation = images[:train].std((0, 2, 3), unbiased=False, keepdim=True)
    black = (0 - mean) / deviation
    images = (images - mean) / deviation
    return (images[:train], labels[:train]), (images[train:validation], labels[train:validation]), black


def crop_and_flip(x, black):
    padded = black.expand(len(x), 3, 40, 40).clone()
    padded[:, :, 4:36, 4:36] = x
    out = torch.empty_like(x)
    for i in range(len(x)):
        top, left = torch.randint(0, 9, (2,)).tolist()
        image = padded[i, :, top : top + 32, left : left + 32]
        out[i] = image.flip(2) if torch.rand(()) < 0.5 else image
    return out


def train(file, path, epochs, seed):
    torch.manual_seed(seed)
    (images, labels), (validation, answers), black = read(file)
    net = network.read(path).to(memory_format=torch.channels_last)
    optim = optimizer(net)
    per_epoch = len(images) // BATCH
    steps = epochs * per_epoch
    start = time.time()
    for epoch in range(epochs):
        net.train()
        order = torch.randperm(len(images))
        for i in range(per_epoch):
            chosen = order[i * BATCH : (i + 1) * BATCH]
            x = crop_and_flip(images[chosen], black).contiguous(memory_format=torch.channels_last)
            rate = RATE / 2 * (1 + math.cos(math.pi * (epoch * per_epoch + i) / steps))
            loss = step(net, optim, x, labels[chosen], rate)
        net.eval()
        with torch.no_grad():
            right = sum(
                (net(validation[i : i + 250]).argmax(1) == answers[i : i + 250]).sum().item()
                for i in range(0, len(validation), 250)
            )
        result = {"seed": seed, "epoch": epoch + 1, "loss": loss, "accuracy": 100 * right / len(validation)}
        print(json.dumps(result | {"seconds": round(time.time() - start)}), flush=True)


if __name__ == "__main__":
    torch.set_num_threads(1)
    if len(sys.argv) == 2:
        first_steps(Path(sys.argv[1]))
    else:
        train(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
