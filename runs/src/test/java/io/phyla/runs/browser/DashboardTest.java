package io.phyla.runs.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.phyla.runs.service.Service;
import io.phyla.runs.service.ServiceOptions;
import io.phyla.spaces.schema.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard in a real browser, on the real service with worker processes. */
class DashboardTest {

    private static final double PATIENCE = 60_000;

    @TempDir
    static Path directory;

    private static Chromium chromium;
    private static Service service;

    private BrowserContext context;
    private Page page;
    private final List<String> complaints = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        chromium = Chromium.open();
        service = Service.start(new ServiceOptions(directory, "127.0.0.1", 0, "1", Map.of(), List.of(), true));
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void open() {
        context = chromium.browser().newContext();
        context.setDefaultTimeout(PATIENCE);
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void submitsTheReadyMadeSearchWatchesItAndDownloadsACandidate() throws Exception {
        page.navigate(service.address() + "#/new?example=nb201-proxies");
        Locator start = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start search"));
        assertThat(start).isEnabled(enabled());
        start.click();

        assertThat(page).hasURL(Pattern.compile(".*#/searches/.+"), url());
        Locator scatter = page.locator("[data-points]");
        page.waitForFunction("() => Number(document.querySelector('[data-points]')?.dataset.points) > 3");
        int early = Integer.parseInt(scatter.getAttribute("data-points"));
        page.waitForFunction(
                "early => Number(document.querySelector('[data-points]').dataset.points) > early + 5", early);

        page.locator("tbody tr.link").first().click();
        Locator download = page.getByText("Download JSON");
        download.waitFor();
        assertThat(page).hasURL(Pattern.compile(".*candidate=\\d+.*"), url());
        page.locator(".graph svg .box").first().waitFor();

        Download file = page.waitForDownload(download::click);
        JsonNode export = Json.MAPPER.readTree(Files.readAllBytes(file.path()));
        assertThat(export.path("network").path("nodes").size()).isGreaterThan(10);
        assertThat(export.path("measurements").has("naswot")).isTrue();
        assertThat(export.path("provenance").path("document").path("seed").asInt())
                .isEqualTo(1);

        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Cancel").setExact(true))
                .click();
        page.getByText("ended by: cancelled").waitFor();
        page.navigate(service.address().toString());
        page.locator("tbody tr.link .badge.cancelled").first().waitFor();
        assertThat(complaints).isEmpty();
    }

    @Test
    void showsAMistakeAtItsLineBeforeAnythingStarts() {
        page.navigate(service.address() + "#/new?example=nb201-proxies");
        Locator editor = page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Search document"));
        editor.waitFor();
        String text = editor.inputValue();
        editor.fill(text.replace("\"window\": 50", "\"window\": -3"));
        page.getByRole(AriaRole.ALERT).getByText("/window").waitFor();
        int line = (int) text.substring(0, text.indexOf("\"window\"")).lines().count();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("line " + line);
        assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start search")))
                .isDisabled();
        editor.fill("{ not json");
        page.getByText("Not JSON").waitFor();
    }

    @Test
    void saysWhenThereIsNoSuchSearchAndWhenTheConnectionIsLost() {
        page.navigate(service.address() + "#/searches/nothing-here");
        page.getByRole(AriaRole.ALERT).waitFor();
        page.navigate(service.address().toString());
        page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Searches"))
                .waitFor();
        context.setOffline(true);
        page.getByText("connection lost").waitFor();
        context.setOffline(false);
        page.getByText("connection lost")
                .waitFor(new Locator.WaitForOptions()
                        .setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED));
    }

    @Test
    void fitsANarrowScreen() {
        page.setViewportSize(400, 800);
        for (String hash : List.of("#/", "#/new?example=nb201-proxies")) {
            page.navigate(service.address() + hash);
            page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1))
                    .waitFor();
            Object overflow =
                    page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
            assertThat(((Number) overflow).intValue())
                    .as("sideways scrolling of " + hash)
                    .isLessThanOrEqualTo(0);
        }
    }

    private static com.microsoft.playwright.assertions.LocatorAssertions.IsEnabledOptions enabled() {
        return new com.microsoft.playwright.assertions.LocatorAssertions.IsEnabledOptions().setTimeout(PATIENCE);
    }

    private static com.microsoft.playwright.assertions.PageAssertions.HasURLOptions url() {
        return new com.microsoft.playwright.assertions.PageAssertions.HasURLOptions().setTimeout(PATIENCE);
    }
}
