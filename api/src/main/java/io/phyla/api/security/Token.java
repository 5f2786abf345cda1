package io.phyla.api.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A bearer token's digest and what it allows; the secret itself is not kept. */
public final class Token {

    private static final int LEAST = 16;

    private final Role role;
    private final byte[] digest;

    private Token(Role role, byte[] digest) {
        this.role = role;
        this.digest = digest;
    }

    /**
     * Reads {@code role:secret}.
     *
     * @throws IllegalArgumentException without repeating the secret
     */
    public static Token parse(String option) {
        int colon = option.indexOf(':');
        Role role = Role.named(colon < 0 ? "" : option.substring(0, colon))
                .orElseThrow(() -> new IllegalArgumentException(
                        "a token is role:secret with role read, submit or admin, such as read:CHOOSE-A-LONG-SECRET"));
        String secret = option.substring(colon + 1);
        if (secret.length() < LEAST) {
            throw new IllegalArgumentException(
                    "the secret of a token has at least " + LEAST + " characters, not " + secret.length());
        }
        return new Token(role, digest(secret));
    }

    public Role role() {
        return role;
    }

    /** Compares in a time that says nothing about the secret. */
    boolean matches(String secret) {
        return MessageDigest.isEqual(digest, digest(secret));
    }

    private static byte[] digest(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
