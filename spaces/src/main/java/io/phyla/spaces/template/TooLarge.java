package io.phyla.spaces.template;

/** A template that becomes too large when it is written out. */
final class TooLarge extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String pointer;

    TooLarge(String pointer, String message) {
        super(message, null, false, false);
        this.pointer = pointer;
    }

    String pointer() {
        return pointer;
    }
}
