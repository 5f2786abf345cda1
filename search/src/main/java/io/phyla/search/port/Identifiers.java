package io.phyla.search.port;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names for what a journal keeps. */
public final class Identifiers {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 8;

    private Identifiers() {}

    /** One that nothing has. */
    public static String fresh() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
