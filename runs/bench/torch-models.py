#!/usr/bin/python3
"""Models as PyTorch itself exports them to ONNX, with an input and PyTorch's output: what the reader of models is held to.

Usage: torch-models.py DIRECTORY [NAME|OPSET...]. Writes NAME-OPSET-VARIANT.onnx, and for each name NAME.input and NAME.output, two
samples in little-endian float32; prints a line with the name and both shapes. Variants are the export as it is by default (`plain`),
with a batch of any size (`batch`), without folding of constants (`unfolded`) and with normalisations kept apart from convolutions
(`training`).
"""

import os
import sys

import torch
import torch.nn.functional as F
from torch import nn

OPSETS = (11, 13, 17)


class Block(nn.Module):
    def __init__(self, inputs, channels, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, channels, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        self.shortcut = nn.Sequential()
        if stride != 1 or inputs != channels:
            self.shortcut = nn.Sequential(
                nn.Conv2d(inputs, channels, 1, stride, bias=False), nn.BatchNorm2d(channels)
            )

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        return F.relu(self.bn2(self.conv2(y)) + self.shortcut(x))


class ResNet(nn.Module):
    """ResNet-18 as it is for 32x32 images, with an eighth of its channels."""

    def __init__(self, width=8, classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(3, width, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        blocks, inputs = [], width
        for stage in range(4):
            for block in range(2):
                channels = width << stage
                blocks.append(Block(inputs, channels, 2 if stage and not block else 1))
                inputs = channels
        self.layers = nn.Sequential(*blocks)
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(inputs, classes)

    def forward(self, x):
        x = self.maxpool(F.relu(self.bn1(self.conv1(x))))
        return self.fc(torch.flatten(self.avgpool(self.layers(x)), 1))


class InvertedResidual(nn.Module):
    def __init__(self, inputs, channels, stride, expansion):
        super().__init__()
        hidden = inputs * expansion
        self.residual = stride == 1 and inputs == channels
        layers = []
        if expansion != 1:
            layers += [nn.Conv2d(inputs, hidden, 1, bias=False), nn.BatchNorm2d(hidden), nn.ReLU6(inplace=True)]
        layers += [
            nn.Conv2d(hidden, hidden, 3, stride, 1, groups=hidden, bias=False),
            nn.BatchNorm2d(hidden),
            nn.ReLU6(inplace=True),
            nn.Conv2d(hidden, channels, 1, bias=False),
            nn.BatchNorm2d(channels),
        ]
        self.conv = nn.Sequential(*layers)

    def forward(self, x):
        return x + self.conv(x) if self.residual else self.conv(x)


class MobileNetV2(nn.Module):
    """As in torchvision: the mean is taken by x.mean([2, 3]), and dropout stands before the classifier."""

    def __init__(self, classes=10):
        super().__init__()
        layers = [nn.Conv2d(3, 8, 3, 2, 1, bias=False), nn.BatchNorm2d(8), nn.ReLU6(inplace=True)]
        inputs = 8
        for expansion, channels, count, stride in ((1, 8, 1, 1), (6, 12, 2, 2), (6, 16, 2, 2)):
            for block in range(count):
                layers.append(InvertedResidual(inputs, channels, stride if block == 0 else 1, expansion))
                inputs = channels
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Sequential(nn.Dropout(0.2), nn.Linear(inputs, classes))

    def forward(self, x):
        return self.classifier(self.features(x).mean([2, 3]))


class Perceptron(nn.Module):
    """Batch and layer normalisation, GELU, leaky ReLU, tanh and softmax; its input is a map that x.view flattens."""

    def __init__(self):
        super().__init__()
        self.first = nn.Linear(3 * 4 * 4, 40)
        self.norm = nn.BatchNorm1d(40)
        self.second = nn.Linear(40, 24)
        self.layer_norm = nn.LayerNorm(24)
        self.third = nn.Linear(24, 24, bias=False)
        self.last = nn.Linear(24, 7)

    def forward(self, x):
        x = x.view(x.size(0), -1)
        x = F.leaky_relu(self.norm(self.first(x)), 0.1)
        x = F.gelu(self.layer_norm(self.second(x)))
        return F.softmax(self.last(torch.tanh(self.third(x)) + x), dim=1)


class SqueezeExcitation(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.fc1 = nn.Conv2d(channels, 4, 1)
        self.fc2 = nn.Conv2d(4, channels, 1)

    def forward(self, x):
        return x * F.hardsigmoid(self.fc2(F.relu(self.fc1(F.adaptive_avg_pool2d(x, 1)))))


class LinearExcitation(nn.Module):
    """Through x.view, as the first of these were written."""

    def __init__(self, channels):
        super().__init__()
        self.fc = nn.Sequential(nn.Linear(channels, 6), nn.ReLU(), nn.Linear(6, channels), nn.Sigmoid())

    def forward(self, x):
        n, c, _, _ = x.size()
        return x * self.fc(F.adaptive_avg_pool2d(x, 1).view(n, c)).view(n, c, 1, 1)


class HardSwishNet(nn.Module):
    """MobileNetV3's parts, and the ways in which people write its functions themselves."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 3, 2, 1, bias=False)
        self.bn = nn.BatchNorm2d(8)
        self.depthwise = nn.Conv2d(8, 8, 5, 1, 2, groups=8)
        self.excite = SqueezeExcitation(8)
        self.point = nn.Conv2d(8, 12, 1)
        self.gate = LinearExcitation(12)
        self.last = nn.Linear(12, 5)

    def forward(self, x):
        x = F.hardswish(self.bn(self.stem(x)))
        x = self.excite(self.depthwise(x))
        x = x * F.relu6(x + 3) / 6
        x = F.silu(self.gate(self.point(x)))
        return self.last(x.mean([2, 3]))


class Inception(nn.Module):
    """Branches, group and instance normalisation, pixel shuffle, enlargement, transposed convolution, padding."""

    def __init__(self):
        super().__init__()
        self.mean = nn.Parameter(torch.tensor([0.4, 0.5, 0.6]).view(1, 3, 1, 1), requires_grad=False)
        self.one = nn.Conv2d(3, 4, 1)
        self.three = nn.Conv2d(3, 6, 3, padding=1)
        self.group = nn.GroupNorm(2, 10)
        self.instance = nn.InstanceNorm2d(13, affine=True)
        self.up = nn.ConvTranspose2d(13, 6, 4, 2, 1)
        self.shuffle = nn.Conv2d(6, 8, 3)
        self.last = nn.Conv2d(2, 3, 3, 1, 1)

    def forward(self, x):
        x = (x - self.mean) / 0.25
        y = self.group(torch.cat([self.one(x), self.three(x)], 1))
        y = self.instance(torch.cat([F.avg_pool2d(y, 3, 1, 1), F.max_pool2d(x, 3, 1, 1)], 1))
        y = self.shuffle(F.pad(self.up(F.relu(y)), (1, 0, 2, 1)))
        y = F.interpolate(F.pixel_shuffle(torch.sigmoid(y), 2), scale_factor=2, mode="nearest")
        return self.last(y).mean((2, 3))


MODELS = {
    "resnet": (ResNet, (3, 32, 32)),
    "mobilenet": (MobileNetV2, (3, 32, 32)),
    "perceptron": (Perceptron, (3, 4, 4)),
    "hardswish": (HardSwishNet, (3, 24, 24)),
    "inception": (Inception, (3, 10, 10)),
}


def unsettle(model):
    """Numbers as after training: no scale is 1 and no mean 0."""
    for module in model.modules():
        if isinstance(module, (nn.BatchNorm2d, nn.BatchNorm1d, nn.LayerNorm, nn.GroupNorm, nn.InstanceNorm2d)):
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.normal_(module.bias, 0, 0.3)
        if isinstance(module, (nn.BatchNorm2d, nn.BatchNorm1d)):
            module.running_mean.normal_(0, 0.3)
            module.running_var.uniform_(0.5, 2)


def export(model, images, path, opset, variant):
    options = {}
    if variant == "batch":
        options["dynamic_axes"] = {"images": {0: "batch"}, "scores": {0: "batch"}}
    if variant == "unfolded":
        options["do_constant_folding"] = False
        options["keep_initializers_as_inputs"] = True
    if variant == "training":
        options["training"] = torch.onnx.TrainingMode.PRESERVE
        options["do_constant_folding"] = False
    torch.onnx.export(
        model, images, path, opset_version=opset, input_names=["images"], output_names=["scores"], **options
    )


def main(directory, names, opsets):
    os.makedirs(directory, exist_ok=True)
    for number, (name, (kind, shape)) in enumerate(MODELS.items()):
        if names and name not in names:
            continue
        torch.manual_seed(number)
        model = kind()
        unsettle(model)
        model.eval()
        images = torch.randn(2, *shape)
        with torch.no_grad():
            scores = model(images)
        for tensor, suffix in ((images, "input"), (scores, "output")):
            tensor.numpy().astype("<f4").tofile(os.path.join(directory, f"{name}.{suffix}"))
        for opset in opsets:
            for variant in ("plain", "batch", "unfolded", "training"):
                export(model, images, os.path.join(directory, f"{name}-{opset}-{variant}.onnx"), opset, variant)
        print(name, *images.shape, *scores.shape)


if __name__ == "__main__":
    chosen = sys.argv[2:]
    opsets = [int(each) for each in chosen if each.isdigit()]
    main(sys.argv[1], [each for each in chosen if not each.isdigit()], opsets or OPSETS)
