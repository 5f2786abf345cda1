package io.phyla.evaluators.engine;

/** A network would need more memory than it may have. Thrown before any of it is allocated. */
public final class MemoryLimitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String layer;
    private final long bytes;
    private final long limit;

    /**
     * @param layer the layer with the largest single demand
     * @param layerBytes that demand
     * @param bytes what the whole network needs, or as much of it as was counted before it was too much
     */
    MemoryLimitException(String layer, long layerBytes, long bytes, long limit, int batch) {
        super(
                "the network needs at least %,d bytes at batch %d, the limit is %,d; most of it for layer '%s' (%,d bytes). A smaller batch, resolution or width would fit."
                        .formatted(bytes, batch, limit, layer, layerBytes));
        this.layer = layer;
        this.bytes = bytes;
        this.limit = limit;
    }

    private MemoryLimitException(String under, MemoryLimitException cause) {
        super(under + ": " + cause.getMessage(), cause);
        layer = cause.layer;
        bytes = cause.bytes;
        limit = cause.limit;
    }

    /** The same with words before it that say which of several networks is meant. */
    public MemoryLimitException under(String words) {
        return new MemoryLimitException(words, this);
    }

    public String layer() {
        return layer;
    }

    public long bytes() {
        return bytes;
    }

    public long limit() {
        return limit;
    }
}
