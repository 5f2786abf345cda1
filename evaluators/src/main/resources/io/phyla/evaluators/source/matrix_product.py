

def matrix_product(a, b, heads, transposed, scale):
    """For each head A B^T or A B, positions being rows and channels columns; a map N,C,H,W has H*W positions."""
    batch, _, height, width = a.shape
    first = a.reshape(batch, heads, -1, height * width)
    second = b.reshape(batch, heads, -1, b.shape[2] * b.shape[3])
    if transposed:
        second = second.transpose(2, 3)
    return (scale * (second @ first)).reshape(batch, -1, height, width)
