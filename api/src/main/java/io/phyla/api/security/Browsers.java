package io.phyla.api.security;

import io.phyla.api.problem.ProblemException;
import io.phyla.api.problem.ProblemType;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Guards against foreign pages that use a visitor's browser to reach a service on loopback. */
public final class Browsers {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final boolean loopback;
    private final String bind;

    public Browsers(Security security) {
        loopback = security.loopback();
        bind = security.bind();
    }

    /**
     * Against DNS rebinding: a page whose own name was made to point to loopback still sends that name.
     *
     * @param host the Host header
     */
    public void checkHost(@Nullable String host) {
        if (!loopback) {
            return;
        }
        String name = host == null ? "" : withoutPort(host).toLowerCase(Locale.ROOT);
        if (!LOOPBACK.contains(name) && !name.equals(bind)) {
            throw new ProblemException(
                    ProblemType.MISDIRECTED,
                    "this service is reached as localhost, 127.0.0.1 or [::1], not as '" + shorten(name) + "'");
        }
    }

    /** Against requests that another site's page sends along: what changes something must come from our own. */
    public void checkOrigin(String method, @Nullable String origin, @Nullable String host) {
        if (origin == null || SAFE.contains(method)) {
            return;
        }
        if (!origin.equalsIgnoreCase("http://" + host) && !origin.equalsIgnoreCase("https://" + host)) {
            throw new ProblemException(
                    ProblemType.FOREIGN_ORIGIN,
                    method + " is not taken from pages of '" + shorten(origin) + "', only from http://" + host);
        }
    }

    private static String withoutPort(String host) {
        int end = host.startsWith("[") ? host.indexOf(']') + 1 : host.lastIndexOf(':');
        return end <= 0 ? host : host.substring(0, end);
    }

    private static String shorten(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "...";
    }
}
