package io.phyla.api.http;

import io.vertx.core.http.HttpServerResponse;
import java.util.function.Consumer;

/** What an endpoint says: a whole answer, or a stream it keeps writing. */
public sealed interface Reply permits Answer, Reply.Stream {

    /**
     * An answer without end.
     *
     * @param writer gets the response on its event loop, with status and common headers set, and must not block it
     */
    record Stream(Consumer<HttpServerResponse> writer) implements Reply {}
}
