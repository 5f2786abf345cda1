package io.phyla.launch;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks for a JDK that can run Phyla: first the homes somebody named, in their order, then every home found in the places
 * where JDKs are installed. Of the latter the oldest wins: an incubating API is only sure in the version we test with.
 *
 * @param named homes, best first
 * @param parents directories whose sub-directories may be homes
 */
record JdkSearch(List<Path> named, List<Path> parents) {
    private static final String MAC_HOME = "Contents/Home";

    Optional<Jdk> find() {
        var best = named.stream().flatMap(home -> Jdk.at(home).stream()).findFirst();
        return best.isPresent() ? best : installed();
    }

    private Optional<Jdk> installed() {
        return parents.stream()
                .flatMap(JdkSearch::children)
                .flatMap(home -> Stream.of(home, home.resolve(MAC_HOME)))
                .flatMap(home -> Jdk.at(home).stream())
                .min(comparingInt(Jdk::version).thenComparing(comparing(Jdk::home)));
    }

    private static Stream<Path> children(Path parent) {
        try (var children = Files.list(parent)) {
            return children.toList().stream();
        } catch (IOException | UncheckedIOException e) {
            return Stream.empty();
        }
    }
}
