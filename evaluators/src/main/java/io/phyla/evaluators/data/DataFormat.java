package io.phyla.evaluators.data;

/**
 * One way in which images and their labels are kept in a file; found by {@link java.util.ServiceLoader} and asked in the order
 * of registration, so a format whose files bear no mark comes last. A registered directory arrives as an archive of its
 * files: see {@link DataFile}.
 */
public interface DataFormat {

    /** One word. */
    String name();

    /** For people: continues "a data set is". */
    String description();

    /** Whether a file is meant to be of this format, by its first bytes or its entries' names alone. */
    boolean recognises(DataFile file);

    /**
     * Reads a whole file and checks all of it.
     *
     * @throws InvalidDataException naming the entry, record or member that is wrong and what would be right
     */
    Dataset read(DataFile file, Keeping keeping);

    /** What a reader keeps in memory. */
    enum Keeping {
        /** All images. */
        IMAGES,
        /** Nothing but what can be said of the data set; its images cannot be read. */
        FORM
    }
}
