

# What layer programs are made of. Values are N,C,H,W, with the size 1 along dimensions in which they do not differ.
BATCH = (0, 2, 3)
MAP = (2, 3)
SAMPLE = (1, 2, 3)


def per_channel(vector):
    return vector.reshape(1, -1, 1, 1)


def maximum(a, b):
    """The larger one; among equals the gradient goes to the first."""
    return torch.where((a >= b) | torch.isnan(a), a, b)


def sign_of(a):
    """1 or -1; of 0 it is 1."""
    return 1 - 2 * (a < 0).to(a.dtype)


def divide(a, b, epsilon):
    """a / b, unless b is nearer to 0 than epsilon."""
    sign = sign_of(b)
    return a / (sign * torch.clamp(sign * b, min=epsilon))


def odd(a, function, epsilon):
    """sign(a) * function(|a| + epsilon), 0 at 0, where its slope is that of the function."""
    sign = sign_of(a)
    y = sign * function(sign * a + epsilon)
    return torch.where(a == 0, y - y.detach(), y)


def mean(a, axes):
    return torch.mean(a, axes, keepdim=True)


def mean_square(a, axes):
    return mean(a * a, axes)


def variance(a, axes):
    return mean_square(a - mean(a, axes), axes)


def root(square, epsilon):
    return torch.sqrt(square + epsilon)


def by_group(moment, a, groups):
    """A moment over each group of channels of a sample, N,C,1,1."""
    channels = a.shape[1]
    of_groups = moment(a.reshape(a.shape[0], groups, -1), 2)
    return of_groups.expand(-1, -1, channels // groups).reshape(a.shape[0], channels, 1, 1)


def group_count(channels, size):
    """Groups of so many channels, or 32 groups if the size is 0, or the next smaller number that divides."""
    wanted = min(size or 32, channels)
    while channels % wanted:
        wanted -= 1
    return channels // wanted if size else wanted


def spread(y, x):
    return y.expand_as(x)
