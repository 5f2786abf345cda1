package io.phyla.runs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadsTest {

    @TempDir
    Path directory;

    @Test
    void fetchesAddressesAndLeavesFilesAlone() throws Exception {
        byte[] content = new byte[3 << 20];
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/images", exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        });
        server.start();
        try {
            StringWriter out = new StringWriter();
            Map<String, String> sources = new LinkedHashMap<>();
            sources.put("here", "some/file.bin");
            sources.put("there", "http://127.0.0.1:" + server.getAddress().getPort() + "/images#sha256=" + hash);
            Map<String, Path> files = Downloads.files(sources, directory, new PrintWriter(out, true));
            assertThat(files.get("here")).isEqualTo(Path.of("some/file.bin"));
            assertThat(files.get("there")).hasBinaryContent(content).isEqualTo(directory.resolve(hash));
            assertThat(out.toString()).contains("fetching there: 3.0 of 3.0 MiB");
            assertThat(Downloads.files(sources, directory, new PrintWriter(out, true)))
                    .isEqualTo(files);
        } finally {
            server.stop(0);
        }
    }
}
