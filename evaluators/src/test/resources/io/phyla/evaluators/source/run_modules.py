"""Runs every exported module in the directories below the one given: images.f32 in, output.f32 out."""
import importlib.util
import pathlib
import sys

import torch

torch.set_num_threads(1)
for directory in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    spec = importlib.util.spec_from_file_location("exported_" + directory.name, directory / "network.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    network = module.Network().load_safetensors(directory / "weights.safetensors").eval()
    images = torch.frombuffer(bytearray((directory / "images.f32").read_bytes()), dtype=torch.float32)
    with torch.no_grad():
        output = network(images.reshape(-1, *module.IMAGES))
    (directory / "output.f32").write_bytes(output.contiguous().numpy().tobytes())
