package io.phyla.runs.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnnouncementTest {

    private static final URI ADDRESS = URI.create("http://127.0.0.1:1/");

    @TempDir
    Path directory;

    @Test
    void isFoundFromStartToStop() throws Exception {
        assertThat(Announcement.find(directory)).isEmpty();
        Announcement own = new Announcement(ADDRESS, ProcessHandle.current().pid());
        own.publish(directory);
        assertThat(Announcement.find(directory)).contains(own);
        Announcement.withdraw(directory);
        assertThat(Announcement.find(directory)).isEmpty();
    }

    /** In a container that was started again, ids come back soon, even this process's own. */
    @Test
    void isStaleWhenItsProcessIdBelongsToAnotherProcess() throws Exception {
        new Announcement(ADDRESS, ProcessHandle.current().pid()).publish(directory);
        Instant started = ProcessHandle.current().info().startInstant().orElseThrow();
        Files.setLastModifiedTime(directory.resolve("service.json"), FileTime.from(started.minusSeconds(60)));
        assertThat(Announcement.find(directory)).isEmpty();
    }

    @Test
    void isStaleWhenItsProcessIsGone() throws Exception {
        Process gone = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
                .redirectErrorStream(true)
                .start();
        gone.getInputStream().readAllBytes();
        gone.waitFor();
        new Announcement(ADDRESS, gone.pid()).publish(directory);
        assertThat(Announcement.find(directory)).isEmpty();
    }
}
