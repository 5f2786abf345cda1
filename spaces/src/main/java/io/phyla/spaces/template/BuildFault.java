package io.phyla.spaces.template;

/** A genome whose network cannot be built. */
final class BuildFault extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final String pointer;
    private final int layers;

    /**
     * @param pointer the item of the document
     * @param layers built before
     */
    BuildFault(String pointer, String message, int layers) {
        super(message);
        this.pointer = pointer;
        this.layers = layers;
    }

    int layers() {
        return layers;
    }

    String pointer() {
        return pointer;
    }
}
