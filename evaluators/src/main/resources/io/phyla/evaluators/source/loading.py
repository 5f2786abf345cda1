
    def load_safetensors(self, path):
        """Takes all numbers from a file whose tensors are called <layer>.<role>; see LAYERS and ROLES."""
        state = self.state_dict()
        missing = {key for key in state if not key.endswith("num_batches_tracked")}
        for name, tensor in read_safetensors(path).items():
            layer, _, role = name.rpartition(".")
            roles = getattr(getattr(self, str(LAYERS.get(layer)), None), "ROLES", ROLES)
            key = f"{LAYERS.get(layer)}.{roles.get(role)}"
            if key not in state:
                raise ValueError(f"unknown tensor {name!r}")
            if state[key].shape != tensor.shape:
                expected = tuple(state[key].shape)
                raise ValueError(f"tensor {name!r} must have the shape {expected}, not {tuple(tensor.shape)}")
            state[key].copy_(tensor)
            missing.discard(key)
        if missing:
            raise ValueError(f"{path} holds nothing for {', '.join(sorted(missing))}")
        return self


def main():
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} WEIGHTS.safetensors")
    network = Network().load_safetensors(sys.argv[1]).eval()
    with torch.no_grad():
        output = network(torch.zeros(1, *IMAGES))
    print(tuple(output.shape))


if __name__ == "__main__":
    main()
