package io.phyla.api.security;

import io.phyla.api.problem.ProblemException;
import io.phyla.api.problem.ProblemType;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the service.
 *
 * @param bind address it listens on
 * @param tokens accepted bearer tokens; none means that everybody who reaches it may do everything
 */
public record Security(String bind, List<Token> tokens) {

    private static final String SCHEME = "bearer ";

    /** @throws IllegalArgumentException if the address is not loopback and there are no tokens */
    public Security {
        tokens = List.copyOf(tokens);
        if (tokens.isEmpty() && !loopback(bind)) {
            throw new IllegalArgumentException("listening on " + bind
                    + " lets other machines in: give at least one --token role:secret, or listen on 127.0.0.1");
        }
    }

    /** @param tokens each {@code role:secret} */
    public static Security of(String bind, List<String> tokens) {
        return new Security(bind, tokens.stream().map(Token::parse).toList());
    }

    /** Whether only this machine can reach the service. */
    public boolean loopback() {
        return loopback(bind);
    }

    private static boolean loopback(String bind) {
        try {
            return InetAddress.getByName(bind).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("'" + bind + "' is no address of this machine", e);
        }
    }

    /**
     * Checks a bearer token.
     *
     * @param needed null where no token is needed
     * @throws ProblemException with 401 or 403
     */
    public void authorize(@Nullable Role needed, @Nullable String authorization) {
        if (needed == null || tokens.isEmpty()) {
            return;
        }
        Role held = role(authorization);
        if (held == null) {
            throw new ProblemException(
                            ProblemType.UNAUTHENTICATED,
                            authorization == null
                                    ? "no Authorization header was sent"
                                    : "the Authorization header carries no known bearer token")
                    .with("WWW-Authenticate", "Bearer realm=\"phyla\"");
        }
        if (!held.includes(needed)) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "this needs role " + lower(needed) + ", the token has " + lower(held));
        }
    }

    private @Nullable Role role(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        String secret = authorization.substring(SCHEME.length()).strip();
        Role held = null;
        for (Token token : tokens) {
            if (token.matches(secret) && (held == null || token.role().includes(held))) {
                held = token.role();
            }
        }
        return held;
    }

    private static String lower(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
