package io.phyla.api.http;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A request's body, read by its endpoint as it comes. The client is kept waiting while more than some of it is unread. Created
 * on the request's event loop, read by one other thread.
 */
public final class FileBody extends InputStream {

    private static final int MOST_UNREAD = 1 << 20;
    private static final int RESUME_BELOW = MOST_UNREAD / 4;

    /** How long a client that is refused may go on sending: it reads the answer sooner when it is not cut off. */
    private static final long LINGER_MILLIS = 5_000;

    private final HttpServerRequest request;
    private final Context loop;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<byte[]> unread = new ArrayDeque<>();
    private int unreadBytes;
    private int at;
    private boolean asked;
    private boolean paused;
    private boolean ended;
    private boolean broken;
    private boolean left;

    FileBody(HttpServerRequest request, Context loop) {
        this.request = request;
        this.loop = loop;
        request.handler(this::take);
        request.endHandler(_ -> mark(() -> ended = true));
        request.exceptionHandler(_ -> mark(() -> broken = true));
    }

    /** Bytes the client says there are; empty if it does not say. */
    public OptionalLong announced() {
        String length = request.getHeader("Content-Length");
        try {
            return length == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(length));
        } catch (NumberFormatException _) {
            return OptionalLong.of(Long.MAX_VALUE);
        }
    }

    private void mark(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void take(Buffer piece) {
        mark(() -> {
            if (!left && piece.length() > 0) {
                unread.add(piece.getBytes());
                unreadBytes += piece.length();
                if (unreadBytes > MOST_UNREAD && !paused) {
                    paused = true;
                    request.pause();
                }
            }
        });
    }

    /** @throws IOException if the client is gone */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        lock.lock();
        try {
            ask();
            while (unread.isEmpty() && !ended && !broken) {
                changed.await();
            }
            if (unread.isEmpty()) {
                if (broken) {
                    throw new IOException("the client is gone");
                }
                return -1;
            }
            byte[] piece = unread.getFirst();
            int count = Math.min(length, piece.length - at);
            System.arraycopy(piece, at, target, offset, count);
            advance(piece, count);
            return count;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the service is stopping");
        } finally {
            lock.unlock();
        }
    }

    private void advance(byte[] piece, int count) {
        at += count;
        unreadBytes -= count;
        if (at == piece.length) {
            unread.removeFirst();
            at = 0;
        }
        if (paused && unreadBytes < RESUME_BELOW) {
            paused = false;
            loop.runOnContext(_ -> request.resume());
        }
    }

    /** A careful client sends nothing before it is asked to. */
    private void ask() {
        if (!asked) {
            asked = true;
            if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
                loop.runOnContext(_ -> request.response().writeContinue());
            }
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /**
     * The answer is about to be written. What the client still sends is dropped for a while, then the connection is closed: its
     * next request could not be told from the rest of this one. On the event loop.
     */
    void leave(HttpServerResponse response) {
        lock.lock();
        try {
            left = true;
            unread.clear();
            unreadBytes = 0;
            if (ended || broken) {
                return;
            }
        } finally {
            lock.unlock();
        }
        boolean alone = request.version() != HttpVersion.HTTP_2;
        if (alone) {
            response.putHeader("Connection", "close");
        }
        Runnable cut = alone ? () -> request.connection().close() : () -> response.reset(0);
        long timer = loop.owner().setTimer(LINGER_MILLIS, _ -> cut.run());
        request.endHandler(_ -> {
            loop.owner().cancelTimer(timer);
            if (alone) {
                cut.run();
            }
        });
        request.exceptionHandler(_ -> loop.owner().cancelTimer(timer));
        // After the answer, which is written now: the rest may be here already.
        loop.runOnContext(_ -> request.resume());
    }
}
