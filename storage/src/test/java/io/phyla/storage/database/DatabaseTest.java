package io.phyla.storage.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phyla.storage.journal.H2Journal;
import io.phyla.storage.journal.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {

    @TempDir
    Path directory;

    @Test
    void anInterruptedReaderDoesNotTakeTheFileFromTheOthers() throws Exception {
        try (Database database = Database.open(directory);
                H2Journal journal = new H2Journal(database)) {
            journal.create(Samples.header("a"));
            journal.append("a", Samples.entries(3000, 1)).toCompletableFuture().join();
        }
        try (Database database = Database.open(directory);
                H2Journal journal = new H2Journal(database)) {
            try (Connection connection = database.writer();
                    Statement statement = connection.createStatement()) {
                Thread.currentThread().interrupt();
                try (ResultSet rows = statement.executeQuery("select max(genome) from candidate")) {
                    rows.next();
                }
                assertThat(Thread.interrupted()).isTrue();
            }
            journal.probe();
        }
    }

    @Test
    void aNewerProgramsDatabaseIsLeftAlone() throws Exception {
        try (Database database = Database.open(directory);
                Connection connection = database.writer();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into \"flyway_schema_history\" select 99, '99', 'later', type, script, checksum, "
                    + "installed_by, installed_on, execution_time, success from \"flyway_schema_history\" "
                    + "where \"version\" = '1'");
            connection.commit();
        }
        assertThatThrownBy(() -> Database.open(directory))
                .isInstanceOf(Database.Unavailable.class)
                .hasMessageContaining("another version of this program");
    }

    @Test
    void aFileThatIsNoDatabaseIsNotTouched() throws Exception {
        Path file = Files.writeString(directory.resolve("phyla.mv.db"), "not a database".repeat(1000));
        assertThatThrownBy(() -> Database.open(directory))
                .isInstanceOf(Database.Unavailable.class)
                .hasMessageContaining("cannot be opened");
        assertThat(Files.readString(file)).startsWith("not a database");
    }
}
