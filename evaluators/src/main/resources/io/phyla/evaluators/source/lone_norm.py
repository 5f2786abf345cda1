

class LoneNorm(nn.Module):
    """Group normalisation where a group may be a single number, which PyTorch's own refuses."""

    def __init__(self, groups, channels, eps):
        super().__init__()
        self.groups = groups
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))

    def forward(self, x):
        grouped = x.reshape(x.shape[0], self.groups, -1)
        centred = grouped - grouped.mean(2, keepdim=True)
        variance = (centred * centred).mean(2, keepdim=True)
        normal = (centred / torch.sqrt(variance + self.eps)).reshape(x.shape)
        return normal * self.weight[:, None, None] + self.bias[:, None, None]
