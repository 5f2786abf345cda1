

def grouped_softmax(x, groups):
    """Softmax over channels within each of so many equal groups."""
    grouped = x.reshape(x.shape[0], groups, x.shape[1] // groups, *x.shape[2:])
    return F.softmax(grouped, 2).reshape(x.shape)
