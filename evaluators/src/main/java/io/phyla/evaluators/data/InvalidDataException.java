package io.phyla.evaluators.data;

/** A file is not the data it should be; the message names it and says what would be right. */
public final class InvalidDataException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public InvalidDataException(String message) {
        super(message);
    }

    public InvalidDataException(String message, Throwable cause) {
        super(message, cause);
    }
}
