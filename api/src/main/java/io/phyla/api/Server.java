package io.phyla.api;

import io.phyla.api.contract.Contract;
import io.phyla.api.events.Streams;
import io.phyla.api.export.delivery.Delivery;
import io.phyla.api.export.delivery.Spool;
import io.phyla.api.http.Dispatcher;
import io.phyla.api.search.KnownSpaces;
import io.phyla.api.search.Store;
import io.phyla.api.site.ClassPathSite;
import io.phyla.storage.query.CandidateQueries;
import io.phyla.storage.query.Origins;
import io.phyla.storage.query.SearchQueries;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** The running HTTP service. */
public final class Server implements AutoCloseable {

    private static final long MOST_BODY = 1 << 20;
    // A client that does not read keeps no more than this; the system would let it grow to megabytes.
    private static final int MOST_UNREAD = 256 << 10;
    private static final long GRACE_SECONDS = 5;
    private static final long MOST_SPOOLED = 4L << 30;
    private static final long MOST_EXPORTED = 2L << 30;

    private final Vertx vertx;
    private final HttpServer http;
    private final Dispatcher dispatcher;
    private final Streams streams;
    private final String bind;
    private boolean closed;

    private Server(Vertx vertx, HttpServer http, Dispatcher dispatcher, Streams streams, String bind) {
        this.vertx = vertx;
        this.http = http;
        this.dispatcher = dispatcher;
        this.streams = streams;
        this.bind = bind;
    }

    /**
     * Starts to listen; returns when the port is open.
     *
     * @throws IllegalStateException if the port cannot be opened, saying why
     */
    public static Server start(ServerOptions options, Parts parts) {
        Contract contract = Contract.load();
        Store store = new Store(
                parts.searches(),
                new SearchQueries(parts.database()),
                new CandidateQueries(parts.database()),
                new Origins(parts.database(), parts.journal()),
                new KnownSpaces());
        Streams streams = new Streams(options.heartbeat(), options.patience());
        Dispatcher dispatcher = new Dispatcher(
                contract,
                options.security(),
                new Endpoints(contract, parts, store, streams, new Delivery(spool(parts.spool()))).byOperation(),
                new ClassPathSite(),
                parts.meters(),
                options.idle().multipliedBy(3).dividedBy(4));
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(1));
        try {
            HttpServer http = await(listen(vertx, options, dispatcher));
            return new Server(
                    vertx, http, dispatcher, streams, options.security().bind());
        } catch (RuntimeException e) {
            dispatcher.close();
            await(vertx.close());
            throw new IllegalStateException(
                    "cannot listen on " + options.security().bind() + " port " + options.port() + ": " + e.getMessage(),
                    e);
        }
    }

    private static Spool spool(Path directory) {
        try {
            return new Spool(directory, MOST_SPOOLED, MOST_EXPORTED);
        } catch (IOException e) {
            throw new IllegalStateException("exports cannot be kept in " + directory + ": " + e.getMessage(), e);
        }
    }

    private static Future<HttpServer> listen(Vertx vertx, ServerOptions options, Dispatcher dispatcher) {
        Router router = Router.router(vertx);
        BodyHandler whole = BodyHandler.create(false).setBodyLimit(MOST_BODY);
        router.route()
                .handler(routing -> {
                    if (dispatcher.streams(routing.request())) {
                        routing.next();
                    } else {
                        whole.handle(routing);
                    }
                })
                .handler(dispatcher)
                .failureHandler(dispatcher::failed);
        return vertx.createHttpServer(new HttpServerOptions()
                        .setSendBufferSize(MOST_UNREAD)
                        .setIdleTimeout(Math.toIntExact(options.idle().toMillis()))
                        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS))
                .requestHandler(router)
                .listen(options.port(), options.security().bind());
    }

    /** The port it listens on. */
    public int port() {
        return http.actualPort();
    }

    /** Where people find it. */
    public URI address() {
        String host = bind.equals("0.0.0.0") || bind.equals("::") ? "localhost" : bind;
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port() + "/");
    }

    /** Ends event streams, lets requests finish for a few seconds, then stops listening. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        streams.close();
        await(http.shutdown(GRACE_SECONDS, TimeUnit.SECONDS));
        dispatcher.close();
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new IllegalStateException(
                    String.valueOf(
                            e.getCause() == null ? e.getMessage() : e.getCause().getMessage()),
                    e);
        }
    }
}
