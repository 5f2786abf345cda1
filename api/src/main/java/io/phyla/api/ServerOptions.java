package io.phyla.api;

import io.phyla.api.security.Security;
import java.time.Duration;

/**
 * How the service listens.
 *
 * @param port 0 for any free one
 * @param heartbeat how long an event stream may be silent
 * @param patience how long a reader of events may leave a page unread before it is cut off
 * @param idle how long nothing may go over a connection before it is cut off; one that waits for an answer hears from us before
 */
public record ServerOptions(Security security, int port, Duration heartbeat, Duration patience, Duration idle) {

    private static final int MOST = 65_535;

    public ServerOptions {
        if (port < 0 || port > MOST) {
            throw new IllegalArgumentException("a port is a number from 0 to " + MOST + ", not " + port);
        }
    }

    public ServerOptions(Security security, int port) {
        this(security, port, Duration.ofSeconds(15), Duration.ofSeconds(30), Duration.ofMinutes(2));
    }
}
