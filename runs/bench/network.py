"""Networks as `phyla` writes them (JSON) as PyTorch modules: the peer's side of all comparisons."""

import json
import struct

import torch
import torch.nn.functional as F
from torch import nn


def pair(value):
    return tuple(value) if isinstance(value, list) else (value, value)


class Positions(nn.Module):
    """Layer normalisation of each position over its channels."""

    def __init__(self, channels, epsilon):
        super().__init__()
        self.norm = nn.LayerNorm(channels, eps=epsilon)

    def forward(self, x):
        return self.norm(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


class GroupSoftmax(nn.Module):
    def __init__(self, groups):
        super().__init__()
        self.groups = groups

    def forward(self, x):
        n, c, h, w = x.shape
        return F.softmax(x.reshape(n, self.groups, c // self.groups, h, w), dim=2).reshape(n, c, h, w)


class MatrixProduct(nn.Module):
    def __init__(self, heads, transposed, scale):
        super().__init__()
        self.heads, self.transposed, self.scale = heads, transposed, scale

    def rows(self, x):
        n, c, h, w = x.shape
        return x.reshape(n, self.heads, c // self.heads, h * w).transpose(2, 3)

    def forward(self, a, b):
        second = self.rows(b)
        product = self.rows(a) @ (second.transpose(2, 3) if self.transposed else second) * self.scale
        n, _, h, w = a.shape
        return product.transpose(2, 3).reshape(n, -1, h, w)


class Flat(nn.Module):
    """C,H,W to C*H*W,1,1."""

    def forward(self, x):
        return x.flatten(1)[:, :, None, None]


class Linear(nn.Module):
    def __init__(self, inputs, features, bias):
        super().__init__()
        self.linear = nn.Linear(inputs, features, bias)

    def forward(self, x):
        return self.linear(x.flatten(1))[:, :, None, None]


class Zeros(nn.Module):
    def forward(self, x):
        return torch.zeros_like(x)


class Sum(nn.Module):
    def forward(self, *terms):
        total = terms[0] + terms[1]
        for term in terms[2:]:
            total = total + term
        return total


class Product(nn.Module):
    def forward(self, a, b):
        return a * b


class Concat(nn.Module):
    def forward(self, *parts):
        return torch.cat(parts, 1)


class Mean(nn.Module):
    def forward(self, x):
        return F.adaptive_avg_pool2d(x, 1)


ACTIVATIONS = {
    "relu": nn.ReLU,
    "relu6": nn.ReLU6,
    "hard_swish": nn.Hardswish,
    "hard_sigmoid": nn.Hardsigmoid,
    "swish": nn.SiLU,
    "sigmoid": nn.Sigmoid,
    "tanh": nn.Tanh,
    "gelu": nn.GELU,
}


def layer(node, shape):
    """A node's module; `shape` is that of its first input, C,H,W."""
    op = node["op"]
    if op in ("convolution", "transposed_convolution"):
        options = dict(
            kernel_size=pair(node["kernel"]),
            stride=pair(node["stride"]),
            padding=pair(node["padding"]),
            dilation=pair(node["dilation"]),
            groups=node["groups"],
            bias=node["bias"],
        )
        if op == "convolution":
            return nn.Conv2d(shape[0], node["channels"], **options)
        return nn.ConvTranspose2d(
            shape[0], node["channels"], output_padding=pair(node["output_padding"]), **options
        )
    if op == "linear":
        return Linear(shape[0] * shape[1] * shape[2], node["features"], node["bias"])
    if op == "batch_normalization":
        return nn.BatchNorm2d(shape[0], eps=node["epsilon"], momentum=node["momentum"])
    if op == "group_normalization":
        return nn.GroupNorm(node["groups"], shape[0], eps=node["epsilon"])
    if op == "instance_normalization":
        return nn.InstanceNorm2d(shape[0], eps=node["epsilon"], affine=True)
    if op == "layer_normalization":
        return Positions(shape[0], node["epsilon"])
    if op == "activation":
        return ACTIVATIONS[node["function"]]()
    if op == "leaky_relu":
        return nn.LeakyReLU(node["slope"])
    if op == "softmax":
        return GroupSoftmax(node["groups"])
    if op == "matrix_product":
        return MatrixProduct(node["heads"], node["transposed"], node["scale"])
    if op == "pooling":
        kernel, stride, padding = pair(node["kernel"]), pair(node["stride"]), pair(node["padding"])
        if node["kind"] == "maximum":
            return nn.MaxPool2d(kernel, stride, padding)
        return nn.AvgPool2d(kernel, stride, padding, count_include_pad=node["count_padding"])
    if op == "pad":
        return nn.ZeroPad2d((node["left"], node["right"], node["top"], node["bottom"]))
    if op == "pixel_shuffle":
        return nn.PixelShuffle(node["factor"])
    if op == "upsample":
        if node["kind"] == "nearest":
            return nn.Upsample(scale_factor=node["factor"], mode="nearest")
        return nn.Upsample(scale_factor=node["factor"], mode="bilinear", align_corners=False)
    if op == "dropout":
        return nn.Dropout(node["probability"])
    return {
        "global_pooling": Mean,
        "add": Sum,
        "multiply": Product,
        "concat": Concat,
        "flatten": Flat,
        "zero": Zeros,
    }[op]()


def dimensions(shape):
    return shape["channels"], shape["height"], shape["width"]


class Net(nn.Module):
    """The graph, run node by node; values are dropped after their last use."""

    def __init__(self, document):
        super().__init__()
        nodes = document["nodes"]
        index = {node["name"]: i for i, node in enumerate(nodes)}
        self.names = [node["name"] for node in nodes]
        self.inputs = [[index[name] for name in node["inputs"]] for node in nodes]
        self.input_shape = dimensions(nodes[0]["shape"])
        shapes = [dimensions(node["shape"]) for node in nodes]
        self.layers = nn.ModuleList(
            [nn.Identity() if i == 0 else layer(node, shapes[self.inputs[i][0]]) for i, node in enumerate(nodes)]
        )
        last = {}
        for i, inputs in enumerate(self.inputs):
            for each in inputs:
                last[each] = i
        self.drop = [[each for each in set(inputs) if last[each] == i] for i, inputs in enumerate(self.inputs)]

    def forward(self, x, until=None):
        values = {0: x}
        for i in range(1, len(self.layers)):
            values[i] = self.layers[i](*[values[each] for each in self.inputs[i]])
            for each in self.drop[i]:
                del values[each]
            if i == until:
                return values[i]
        return values[len(self.layers) - 1].flatten(1) if until is None else values[until]

    def load(self, tensors):
        """Takes weights by the names `phyla` gives them: layer, dot, role."""
        roles = {"scale": "weight", "shift": "bias", "mean": "running_mean", "variance": "running_var"}
        tensors = {
            f"{layer}.{roles.get(role, role)}": value
            for (layer, role), value in ((name.rsplit(".", 1), value) for name, value in tensors.items())
        }
        own = dict(self.named_parameters())
        own.update(dict(self.named_buffers()))
        taken = set()
        for i, name in enumerate(self.names):
            for key in own:
                prefix = f"layers.{i}."
                if key.startswith(prefix):
                    short = key[len(prefix) :].split(".")[-1]
                    value = tensors.get(f"{name}.{short}")
                    if value is not None:
                        own[key].data.copy_(value.reshape(own[key].shape))
                        taken.add(f"{name}.{short}")
        left = set(tensors) - taken
        if left:
            raise ValueError(f"the network has no {sorted(left)}")


def read(path):
    """A network from a JSON file, bare or inside an export."""
    with open(path) as file:
        document = json.load(file)
    return Net(document if "nodes" in document else document["network"])


def safetensors(path):
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = bytearray(file.read())
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        if entry["dtype"] != "F32":
            raise ValueError(f"{name} is {entry['dtype']}, not F32")
        start, end = entry["data_offsets"]
        tensors[name] = torch.frombuffer(data[start:end], dtype=torch.float32).reshape(entry["shape"])
    return tensors
