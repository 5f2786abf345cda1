package io.phyla.evaluators.data;

/** A file is not the data it should be; the message names it and says what would be right. */
public final class InvalidDataException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String where;

    public InvalidDataException(String message) {
        super(message);
        where = "";
    }

    public InvalidDataException(String message, Throwable cause) {
        super(message, cause);
        where = "";
    }

    InvalidDataException(String name, String where, String reason) {
        super("'" + name + "'" + (where.isEmpty() ? " " : ": " + where + " ") + reason);
        this.where = where;
    }

    /** The entry of an archive that is wrong; empty if it is the file as a whole. */
    public String where() {
        return where;
    }
}
