package io.phyla.api.http;

import io.phyla.storage.database.StorageException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request and the one answer it gets; used on the request's event loop. */
final class Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    /** The JDK's client takes no more. */
    private static final int MOST_REASSURANCES = 8;

    private final HttpServerRequest request;
    private final Context context;
    private final String id;
    private final @Nullable FileBody file;
    private int reassured;

    /** @param streamed whether the body is yet to come */
    Exchange(HttpServerRequest request, boolean streamed) {
        this.request = request;
        Context current = Vertx.currentContext();
        if (current == null) {
            throw new IllegalStateException("an exchange begins on its event loop");
        }
        context = current;
        file = streamed ? new FileBody(request, current) : null;
        String given = request.getHeader("X-Request-Id");
        id = given != null && REQUEST_ID.matcher(given).matches()
                ? given
                : HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    Context context() {
        return context;
    }

    /** The body that is yet to come; null if it was read before. */
    @Nullable
    FileBody file() {
        return file;
    }

    void write(Reply reply) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            if (reply instanceof Reply.File file) {
                file.done().run();
            }
            return;
        }
        switch (reply) {
            case Answer answer -> end(answer);
            case Reply.File file -> {
                try {
                    send(file);
                } catch (RuntimeException e) {
                    file.done().run();
                    fail(e);
                }
            }
            case Reply.Stream stream -> {
                common(response);
                stream.writer().accept(response);
            }
        }
    }

    private void send(Reply.File file) {
        HttpServerResponse response = request.response();
        String quoted = '"' + file.tag() + '"';
        String known = request.getHeader("If-None-Match");
        if (known != null && Validators.known(known, quoted)) {
            file.done().run();
            end(new Answer(304, "", file.headers(), new byte[0]).with("ETag", quoted));
            return;
        }
        boolean head = request.method() == HttpMethod.HEAD;
        Ranges.Range range = head
                ? null
                : Ranges.of(request.getHeader("Range"), request.getHeader("If-Range"), file.tag(), file.bytes());
        long length = range == null ? file.bytes() : range.length();
        response.setStatusCode(range == null ? 200 : 206);
        common(response);
        file.headers().forEach(response::putHeader);
        response.putHeader("Content-Type", file.mediaType());
        response.putHeader("Cache-Control", "no-cache");
        response.putHeader("Accept-Ranges", "bytes");
        response.putHeader("ETag", quoted);
        response.putHeader("Content-Length", Long.toString(length));
        if (range != null) {
            response.putHeader("Content-Range", "bytes " + range.first() + "-" + range.last() + "/" + file.bytes());
        }
        if (head) {
            file.done().run();
            response.end();
            return;
        }
        response.sendFile(file.path().toString(), range == null ? 0 : range.first(), length)
                .onComplete(sent -> {
                    file.done().run();
                    if (sent.failed() && !response.headWritten() && !response.closed()) {
                        response.headers().clear();
                        fail(sent.cause());
                    }
                });
    }

    /** The reply with its validator, or without its body where the client has it; to be called off the event loop. */
    Reply validated(Reply reply) {
        boolean read = request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
        String known = request.getHeader("If-None-Match");
        return read && reply instanceof Answer answer && answer.status() == 200
                ? answer.validated(known == null ? "" : known)
                : reply;
    }

    /** Answers with the problem; what is no problem of the request is logged, and said to be ours. */
    void fail(Throwable fault) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed() || response.headWritten()) {
            return;
        }
        if (fault instanceof StorageException) {
            LOG.warn("request {}: {} {}: {}", id, request.method(), path(), fault.getMessage());
        } else if (Faults.ours(fault)) {
            LOG.error("request {}: {} {}", id, request.method(), path(), fault);
        }
        end(Answer.of(Faults.problem(fault, id), path()));
    }

    /**
     * Says that the answer is still being made, lest the connection be taken for idle. It is the one interim response that every
     * client of HTTP/1.1 passes over, asked for or not (RFC 9110, section 15.2.1), though not any number of times.
     */
    void reassure() {
        HttpServerResponse response = request.response();
        boolean fits = file == null && request.version() != HttpVersion.HTTP_1_0;
        if (fits && reassured < MOST_REASSURANCES && !response.headWritten() && !response.closed()) {
            reassured++;
            response.writeContinue();
        }
    }

    private String path() {
        return request.path() == null ? "/" : request.path();
    }

    private void end(Answer answer) {
        HttpServerResponse response = request.response();
        response.setStatusCode(answer.status());
        common(response);
        answer.headers().forEach(response::putHeader);
        if (!answer.mediaType().isEmpty()) {
            response.putHeader("Content-Type", answer.mediaType());
            if (!answer.headers().containsKey("Cache-Control")) {
                response.putHeader("Cache-Control", "no-cache");
            }
        }
        if (file != null) {
            file.leave(response);
        }
        if (request.method() == HttpMethod.HEAD) {
            response.putHeader("Content-Length", Integer.toString(answer.body().length));
            response.end();
        } else {
            response.end(Buffer.buffer(answer.body()));
        }
    }

    private void common(HttpServerResponse response) {
        response.putHeader("X-Request-Id", id);
        response.putHeader("X-Content-Type-Options", "nosniff");
        response.putHeader("Referrer-Policy", "no-referrer");
        response.putHeader("Cross-Origin-Resource-Policy", "same-origin");
    }
}
