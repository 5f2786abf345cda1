package io.phyla.evaluators.artifacts;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** GET requests of the JDK's older client: unlike the newer one's, its time limit also holds for a body that stalls. */
final class Requests {

    static final int RANGE_NOT_SATISFIABLE = 416;

    private static final int CONNECT_MILLISECONDS = 20_000;
    private static final int READ_MILLISECONDS = 60_000;
    private static final int MOST_REDIRECTS = 5;

    private Requests() {}

    /**
     * Connects and follows redirections, but from an encrypted address to no other.
     *
     * @param from first byte wanted, 0 for the whole file
     */
    static HttpURLConnection get(URI address, long from) throws IOException {
        URI next = address;
        for (int i = 0; i <= MOST_REDIRECTS; i++) {
            HttpURLConnection connection = open(next, from);
            String location = connection.getHeaderField("Location");
            if (connection.getResponseCode() / 100 != 3 || location == null) {
                return connection;
            }
            connection.disconnect();
            URI target = next.resolve(location);
            boolean encrypted = "https".equals(target.getScheme());
            if (!encrypted && (!"http".equals(target.getScheme()) || "https".equals(next.getScheme()))) {
                throw new Download.Refused("the server sends on to " + target + ", which is not encrypted");
            }
            next = target;
        }
        throw new Download.Refused("the server sends on more than " + MOST_REDIRECTS + " times, last to " + next);
    }

    private static HttpURLConnection open(URI address, long from) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout(CONNECT_MILLISECONDS);
        connection.setReadTimeout(READ_MILLISECONDS);
        connection.setInstanceFollowRedirects(false);
        // A file compressed on its way would have another hash.
        connection.setRequestProperty("Accept-Encoding", "identity");
        if (from > 0) {
            connection.setRequestProperty("Range", "bytes=" + from + "-");
        }
        return connection;
    }
}
