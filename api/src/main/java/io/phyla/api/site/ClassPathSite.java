package io.phyla.api.site;

import io.phyla.api.http.Answer;
import io.phyla.api.http.Dispatcher;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The dashboard under {@code /web} of the class path, and the libraries it loads from WebJars. */
public final class ClassPathSite implements Dispatcher.Site {

    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9@_-][A-Za-z0-9@._-]*)+");
    private static final String LIBRARY_ROOT = "/META-INF/resources";
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "mjs", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "json", "application/json",
            "map", "application/json",
            "woff2", "font/woff2");

    private final ContentPolicy policy;

    public ClassPathSite() {
        byte[] index = read("/web/index.html");
        policy = ContentPolicy.of(index == null ? new byte[0] : index);
    }

    @Override
    public @Nullable Answer file(String path) {
        String name = path.equals("/") ? "/index.html" : path;
        String mediaType = MEDIA_TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (mediaType == null || !PATH.matcher(name).matches()) {
            return null;
        }
        boolean library = name.startsWith("/webjars/") || name.startsWith("/_static/");
        byte[] bytes = read((library ? LIBRARY_ROOT : "/web") + name);
        if (bytes == null) {
            return null;
        }
        Answer answer = new Answer(200, mediaType, Map.of("Cache-Control", library ? FOR_EVER : "no-cache"), bytes);
        return mediaType.startsWith("text/html") ? answer.with("Content-Security-Policy", policy.header()) : answer;
    }

    private static byte @Nullable [] read(String resource) {
        try (InputStream in = ClassPathSite.class.getResourceAsStream(resource)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read", e);
        }
    }
}
