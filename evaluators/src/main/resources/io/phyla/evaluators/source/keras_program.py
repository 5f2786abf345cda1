

# What layer programs are made of. Values are N,H,W,C, with the size 1 along dimensions in which they do not differ.
BATCH = (0, 1, 2)
MAP = (1, 2)
SAMPLE = (1, 2, 3)


def per_channel(vector):
    return ops.reshape(vector, (1, 1, 1, -1))


def maximum(a, b):
    """The larger one; among equals the gradient goes to the first."""
    return ops.where(ops.logical_or(a >= b, ops.isnan(a)), a, b)


def sign_of(a):
    """1 or -1; of 0 it is 1."""
    return 1 - 2 * ops.cast(a < 0, a.dtype)


def divide(a, b, epsilon):
    """a / b, unless b is nearer to 0 than epsilon."""
    sign = sign_of(b)
    return a / (sign * ops.maximum(sign * b, epsilon))


def odd(a, function, epsilon):
    """sign(a) * function(|a| + epsilon), 0 at 0, where its slope is that of the function."""
    sign = sign_of(a)
    y = sign * function(sign * a + epsilon)
    return ops.where(a == 0, y - ops.stop_gradient(y), y)


def mean(a, axes):
    return ops.mean(a, axis=axes, keepdims=True)


def mean_square(a, axes):
    return mean(a * a, axes)


def variance(a, axes):
    return mean_square(a - mean(a, axes), axes)


def root(square, epsilon):
    return ops.sqrt(square + epsilon)


def by_group(moment, a, groups):
    """A moment over each group of channels of a sample, N,1,1,C."""
    samples = ops.shape(a)[0]
    channels = a.shape[-1]
    size = channels // groups
    of_groups = moment(ops.reshape(a, (samples, -1, groups, size)), (1, 3))
    return ops.reshape(ops.repeat(of_groups, size, axis=3), (samples, 1, 1, channels))


def group_count(channels, size):
    """Groups of so many channels, or 32 groups if the size is 0, or the next smaller number that divides."""
    wanted = min(size or 32, channels)
    while channels % wanted:
        wanted -= 1
    return channels // wanted if size else wanted


def spread(y, x):
    return ops.broadcast_to(y, ops.shape(x))
