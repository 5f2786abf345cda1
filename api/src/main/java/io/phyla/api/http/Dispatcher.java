package io.phyla.api.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.phyla.api.contract.Contract;
import io.phyla.api.contract.Operation;
import io.phyla.api.contract.Parameters;
import io.phyla.api.problem.ProblemException;
import io.phyla.api.problem.ProblemType;
import io.phyla.api.security.Browsers;
import io.phyla.api.security.Security;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the contract's operation for a request, holds the request to it, and calls the endpoint on a virtual thread, so
 * that one that waits for the database keeps nobody else waiting.
 */
public final class Dispatcher implements Handler<RoutingContext>, AutoCloseable {

    private static final int MOST_AT_ONCE = 256;

    private final Contract contract;
    private final Security security;
    private final Browsers browsers;
    private final Map<String, Endpoint> endpoints;
    private final Site site;
    private final MeterRegistry meters;
    private final Duration silence;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** What stands at the paths that are not in the contract. */
    @FunctionalInterface
    public interface Site {
        /** The file at a path; null if there is none. */
        @Nullable
        Answer file(String path);
    }

    /**
     * @param endpoints by operation id
     * @param silence how long a client waits for an answer before it is told that it is being made
     * @throws IllegalStateException if contract and endpoints do not cover each other
     */
    public Dispatcher(
            Contract contract,
            Security security,
            Map<String, Endpoint> endpoints,
            Site site,
            MeterRegistry meters,
            Duration silence) {
        this.contract = contract;
        this.security = security;
        this.browsers = new Browsers(security);
        this.endpoints = Map.copyOf(endpoints);
        this.site = site;
        this.meters = meters;
        this.silence = silence;
        Set<String> promised = contract.operations().stream().map(Operation::id).collect(Collectors.toSet());
        if (!promised.equals(endpoints.keySet())) {
            throw new IllegalStateException("the contract has operations " + new TreeSet<>(promised) + ", the service "
                    + new TreeSet<>(endpoints.keySet()));
        }
    }

    /** Whether a request's body is a file, to be read as it comes and not before. */
    public boolean streams(HttpServerRequest request) {
        Contract.Match match = contract.find(path(request)).orElse(null);
        Operation operation =
                match == null ? null : match.operations().get(request.method().name());
        return operation != null && operation.streamed();
    }

    @Override
    public void handle(RoutingContext routing) {
        Exchange exchange = new Exchange(routing.request(), streams(routing.request()));
        try {
            browsers.checkHost(host(routing.request()));
            browsers.checkOrigin(
                    routing.request().method().name(), routing.request().getHeader("Origin"), host(routing.request()));
            route(routing, exchange);
        } catch (RuntimeException e) {
            exchange.fail(e);
        }
    }

    /** Answers what failed before it came here: a body over the limit, a request that is no HTTP. */
    public void failed(RoutingContext routing) {
        Exchange exchange = new Exchange(routing.request(), false);
        exchange.fail(
                switch (routing.statusCode()) {
                    case 413 -> new ProblemException(ProblemType.TOO_LARGE, "the body has more than 1 MiB");
                    case 400 -> new ProblemException(ProblemType.INVALID_PARAMETER, "the request is not well formed");
                    case 404 ->
                        ProblemException.notFound("page at " + routing.request().path());
                    default ->
                        routing.failure() == null
                                ? new IllegalStateException("status " + routing.statusCode())
                                : routing.failure();
                });
    }

    private static @Nullable String host(HttpServerRequest request) {
        return request.authority() == null
                ? request.getHeader("Host")
                : request.authority().toString();
    }

    private static String path(HttpServerRequest request) {
        return request.path() == null ? "/" : request.path().replaceAll("(?i)%3a", ":");
    }

    private void route(RoutingContext routing, Exchange exchange) {
        HttpServerRequest request = routing.request();
        String path = path(request);
        String method = request.method().name().equals("HEAD")
                ? "GET"
                : request.method().name();
        Contract.Match match = contract.find(path).orElse(null);
        if (match == null) {
            if (!method.equals("GET")) {
                throw ProblemException.notFound("operation at " + path);
            }
            run(exchange, "site", () -> {
                Answer file = site.file(path);
                if (file == null) {
                    throw ProblemException.notFound("page at " + path);
                }
                return file;
            });
            return;
        }
        Operation operation = match.operations().get(method);
        if (operation == null) {
            throw notAllowed(method, path, match.operations().keySet());
        }
        security.authorize(operation.role(), request.getHeader("Authorization"));
        MediaTypes.checkAccept(operation, request.getHeader("Accept"));
        MediaTypes.checkContentType(operation, request.getHeader("Content-Type"));
        Parameters parameters =
                Parameters.read(operation, match.parameters(), byName(query(request)), request.headers()::getAll);
        byte[] body = routing.body() == null || routing.body().buffer() == null
                ? new byte[0]
                : routing.body().buffer().getBytes();
        Endpoint endpoint = Objects.requireNonNull(endpoints.get(operation.id()), operation.id());
        Call call = new Call(parameters, body, exchange.file());
        run(exchange, operation.id(), () -> endpoint.answer(call));
    }

    private static MultiMap query(HttpServerRequest request) {
        try {
            return request.params();
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    ProblemType.INVALID_PARAMETER, "the query string is not well encoded: " + e.getMessage());
        }
    }

    private static Map<String, List<String>> byName(MultiMap values) {
        Map<String, List<String>> byName = new TreeMap<>();
        values.names().forEach(name -> byName.put(name, values.getAll(name)));
        return byName;
    }

    private static ProblemException notAllowed(String method, String path, Set<String> allowed) {
        Set<String> all = new TreeSet<>(allowed);
        if (all.contains("GET")) {
            all.add("HEAD");
        }
        String list = String.join(", ", all);
        return new ProblemException(ProblemType.METHOD_NOT_ALLOWED, path + " takes " + list + ", not " + method)
                .with("Allow", list);
    }

    private interface Work {
        Reply reply();
    }

    private void run(Exchange exchange, String operation, Work work) {
        if (!places.tryAcquire()) {
            throw new ProblemException(
                            ProblemType.OVERLOADED,
                            MOST_AT_ONCE + " requests are being answered; try again in a second")
                    .with("Retry-After", "1");
        }
        Context loop = exchange.context();
        long start = System.nanoTime();
        long reassurance = loop.owner().setPeriodic(silence.toMillis(), _ -> exchange.reassure());
        Runnable answering = () -> {
            Runnable write;
            try {
                Reply reply = exchange.validated(work.reply());
                write = () -> exchange.write(reply);
            } catch (RuntimeException | Error e) {
                write = () -> exchange.fail(e);
            } finally {
                places.release();
                meters.timer("phyla.http.requests", "operation", operation)
                        .record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            }
            Runnable writing = write;
            loop.runOnContext(_ -> {
                loop.owner().cancelTimer(reassurance);
                writing.run();
            });
        };
        try {
            threads.execute(answering);
        } catch (RejectedExecutionException e) {
            loop.owner().cancelTimer(reassurance);
            places.release();
            throw new ProblemException(ProblemType.UNAVAILABLE, "the service is stopping").with("Retry-After", "5");
        }
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
