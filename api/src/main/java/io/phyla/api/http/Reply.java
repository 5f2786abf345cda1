package io.phyla.api.http;

import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** What an endpoint says: a whole answer, a file, or a stream it keeps writing. */
public sealed interface Reply permits Answer, Reply.File, Reply.Stream {

    /**
     * A file of any size, sent as fast as the client reads and never held in memory; a client that has lost its connection gets the
     * rest by a range request.
     *
     * @param bytes its size
     * @param tag strong validator of its content, without quotes
     * @param done called once, when the file is not needed any more
     */
    record File(Path path, long bytes, String mediaType, String tag, Map<String, String> headers, Runnable done)
            implements Reply {

        private static final int TAG_DIGITS = 32;

        public File {
            headers = Map.copyOf(headers);
        }

        /** To be saved under a name. */
        public static File download(Path path, long bytes, String mediaType, String tag, String name, Runnable done) {
            return new File(
                    path,
                    bytes,
                    mediaType,
                    tag,
                    Map.of("Content-Disposition", "attachment; filename=\"" + name + "\""),
                    done);
        }

        /**
         * A content that is known by its hash, which is its validator, too.
         *
         * @param name to be saved under
         */
        public static File ofContent(Path path, String sha256, String mediaType, String name) {
            try {
                String tag = sha256.substring(0, TAG_DIGITS);
                return download(path, Files.size(path), mediaType, tag, name, () -> {});
            } catch (IOException e) {
                throw new UncheckedIOException("the file of " + name + " cannot be read", e);
            }
        }

        public File with(String header, String value) {
            Map<String, String> more = new HashMap<>(headers);
            more.put(header, value);
            return new File(path, bytes, mediaType, tag, more, done);
        }
    }

    /**
     * An answer without end.
     *
     * @param writer gets the response on its event loop, with status and common headers set, and must not block it
     */
    record Stream(Consumer<HttpServerResponse> writer) implements Reply {}
}
