package io.phyla.api.security;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a token allows; each role includes the ones before it. */
public enum Role {
    /** Looks at everything. */
    READ,
    /** Starts, pauses, resumes and cancels searches and trainings. */
    SUBMIT,
    /** Deletes them. */
    ADMIN;

    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    public static Optional<Role> named(String name) {
        return Stream.of(values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }
}
