package io.phyla.runs.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;
import io.phyla.runs.service.Service;
import io.phyla.runs.service.ServiceOptions;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The real service with a worker process, and the system's Chromium to look at it. */
final class Dashboard implements AutoCloseable {

    /** Milliseconds; generous, because only failing tests wait that long. */
    static final double PATIENCE = 60_000;

    private final Path directory;
    private final Chromium chromium;
    private final List<String> complaints = new ArrayList<>();
    private Service service;

    Dashboard(Path directory) throws IOException {
        this.directory = directory;
        chromium = Chromium.open();
        service = start(0);
    }

    private Service start(int port) throws IOException {
        return Service.start(new ServiceOptions(directory, "127.0.0.1", port, "1", Map.of(), List.of(), true));
    }

    /** A page of a fresh browser profile; what it complains about can be asked afterwards. */
    Page open(Browser.NewContextOptions options) {
        complaints.clear();
        BrowserContext context = chromium.browser().newContext(options);
        context.setDefaultTimeout(PATIENCE);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            // That a request failed is what some tests are about; the browser tells of it in any case.
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return page;
    }

    List<String> complaints() {
        return complaints;
    }

    String url(String hash) {
        return service.address() + hash;
    }

    void stop() {
        service.close();
    }

    /** On the same port, with the same database. */
    void startAgain() throws IOException {
        service = start(service.address().getPort());
    }

    JsonNode get(Page page, String path) {
        return json(page.request().get(url(path)));
    }

    /**
     * A search whose evaluations are pauses, evolved for two objectives.
     *
     * @return its id
     */
    String search(Page page, String name, int milliseconds, int evaluations) {
        return search(page, name, milliseconds, evaluations, 10);
    }

    /** The same, its networks with so many outputs. */
    String search(Page page, String name, int milliseconds, int evaluations, int classes) {
        ObjectNode document = Json.MAPPER.createObjectNode().put("name", name).put("window", 20);
        document.putObject("space")
                .put("name", "nb201")
                .putObject("parameters")
                .put("cells", 1)
                .put("classes", classes);
        document.putArray("objectives").addObject().put("metric", "noop");
        document.withArray("objectives").addObject().put("metric", "params");
        document.putObject("evaluators").putObject("noop").put("milliseconds", milliseconds);
        document.putObject("strategy")
                .put("name", "nsga2")
                .putObject("parameters")
                .put("population", 20);
        document.putObject("budget").put("evaluations", evaluations);
        return start(page, document);
    }

    /**
     * The search of a document.
     *
     * @return its id
     */
    String start(Page page, JsonNode document) {
        RequestOptions options = RequestOptions.create()
                .setHeader("Content-Type", "application/json")
                .setHeader("Idempotency-Key", UUID.randomUUID().toString())
                .setData(document.toString());
        return json(page.request().post(url("v1/searches"), options)).path("id").asText();
    }

    private static JsonNode json(APIResponse response) {
        assertThat(response.ok()).as(response.text()).isTrue();
        try {
            return Json.MAPPER.readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        service.close();
        chromium.close();
    }
}
