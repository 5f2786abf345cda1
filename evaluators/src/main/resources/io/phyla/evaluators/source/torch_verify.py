

def verify(path=None):
    """Holds the layer against golden vectors, by default those in golden.json beside this file; how far it is off."""
    if path is None:
        path = pathlib.Path(__file__).with_name("golden.json")
    golden = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    layer = Layer(golden["shape"][1], golden["momentum"]).double()

    def tensor(numbers):
        return torch.tensor([math.nan if each is None else each for each in numbers], dtype=torch.float64)

    def set_all(numbers):
        with torch.no_grad():
            for name, values in numbers.items():
                getattr(layer, layer.ROLES[name]).copy_(tensor(values))

    worst = 0.0

    def check(what, found, numbers):
        nonlocal worst
        expected = tensor(numbers)
        found = torch.zeros_like(expected) if found is None else found.detach().reshape(-1)
        finite = torch.isfinite(expected)
        if not torch.equal(finite, torch.isfinite(found)):
            raise ValueError(f"{what}: other numbers are finite than ought to be")
        if finite.any():
            expected, found = expected[finite], found[finite]
            error = float((found - expected).abs().max()) / max(1.0, float(expected.abs().max()))
            if error > 1e-6:
                raise ValueError(f"{what}: off by {error} of the largest number")
            worst = max(worst, error)

    set_all(golden["parameters"])
    set_all(golden["moving_averages"])
    x = tensor(golden["x"]).reshape(golden["shape"]).requires_grad_()
    check("output in evaluation", layer.eval()(x), golden["evaluation"]["output"])
    y = layer.train()(x)
    if y.requires_grad:
        y.backward(tensor(golden["upstream"]).reshape(golden["shape"]))
    training = golden["training"]
    check("output in training", y, training["output"])
    check("gradient of x", x.grad, training["gradients"]["x"])
    for name, numbers in training["gradients"]["parameters"].items():
        check("gradient of " + name, getattr(layer, layer.ROLES[name]).grad, numbers)
    for name, numbers in training["moving_averages"].items():
        check("moving average " + name, getattr(layer, layer.ROLES[name]), numbers)
    return worst


if __name__ == "__main__":
    print(f"as it should be; off by at most {verify():.1e} of the largest number")
