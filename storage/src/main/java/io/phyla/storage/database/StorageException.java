package io.phyla.storage.database;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The database refused a statement, or takes none any more. */
public final class StorageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public StorageException(String doing, SQLException cause) {
        super(doing + ": " + cause.getMessage(), cause);
    }

    public StorageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
