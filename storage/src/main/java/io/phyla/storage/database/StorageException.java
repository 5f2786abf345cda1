package io.phyla.storage.database;

import java.sql.SQLException;

/** The database refused a statement. */
public final class StorageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public StorageException(String doing, SQLException cause) {
        super(doing + ": " + cause.getMessage(), cause);
    }
}
