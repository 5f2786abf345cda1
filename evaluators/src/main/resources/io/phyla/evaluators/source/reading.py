

def read_safetensors(path):
    """All tensors of a safetensors file, by name."""
    with open(path, "rb") as file:
        content = bytearray(file.read())
    (length,) = struct.unpack_from("<Q", content)
    start = 8 + length
    header = json.loads(content[8:start].decode("utf-8"))
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        if entry["dtype"] != "F32":
            raise ValueError(f"tensor {name!r} must have the type F32, not {entry['dtype']}")
        first, end = entry["data_offsets"]
        numbers = torch.frombuffer(content, dtype=torch.float32, count=(end - first) // 4, offset=start + first)
        tensors[name] = numbers.reshape(entry["shape"])
    return tensors
