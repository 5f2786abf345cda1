package io.phyla.runs.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The dashboard as a person meets it: one service for all, which begins with nothing in it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DashboardTest {

    /** Rows of measured candidates that have parents. */
    private static final String BRED = "tbody tr:has(td:text(' of #')):has(.badge:text-matches('front|measured')) a";

    @TempDir
    static Path directory;

    private static @Nullable Dashboard dashboard;
    private static @Nullable String finished;

    private @Nullable Page page;

    @BeforeAll
    static void start() throws Exception {
        dashboard = new Dashboard(directory);
        setDefaultAssertionTimeout(Dashboard.PATIENCE);
    }

    @AfterAll
    static void stop() {
        if (dashboard != null) {
            dashboard.close();
        }
    }

    @AfterEach
    void close() {
        page.context().close();
        assertThat(dashboard.complaints()).as("the browser's console").isEmpty();
    }

    private void open(int width, ColorScheme scheme) {
        page = dashboard.open(
                new Browser.NewContextOptions().setViewportSize(width, 800).setColorScheme(scheme));
    }

    private void open() {
        open(1280, ColorScheme.LIGHT);
    }

    private void visit(String hash) {
        page.navigate(dashboard.url(hash));
    }

    /** A search that has ended, with some hundred candidates and their families. */
    private String finished() {
        if (finished == null) {
            finished = dashboard.search(page, "Evolved", 0, 200);
        }
        visit("#/searches/" + finished);
        assertThat(page.locator(".badge.finished")).isVisible();
        return finished;
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private Locator heading(String text) {
        return page.getByRole(
                AriaRole.HEADING, new Page.GetByRoleOptions().setName(text).setExact(true));
    }

    private int points() {
        return Integer.parseInt(page.locator("[data-points]").getAttribute("data-points"));
    }

    private void awaitMorePointsThan(int count) {
        page.waitForFunction("n => Number(document.querySelector('[data-points]')?.dataset.points) > n", count);
    }

    @Test
    @Order(1)
    void welcomesWhereNothingHasBeenSearched() {
        open();
        visit("");
        assertThat(heading("Nothing has been searched yet")).isVisible();
        page.getByText("Start the first search").click();
        assertThat(heading("New search")).isVisible();
    }

    @Test
    @Order(2)
    void startsTheReadyMadeSearchWatchesItWalksToAParentAndDownloadsIt() throws Exception {
        open();
        visit("#/new?example=nb201-proxies");
        button("Start search").click();
        assertThat(page).hasURL(Pattern.compile(".*#/searches/.+"));
        awaitMorePointsThan(3);
        awaitMorePointsThan(points() + 5);

        button("Candidate").click();
        page.locator(BRED).first().click();
        assertThat(page.locator("section.candidate[aria-busy=false]")).isVisible();
        String id = page.url().replaceAll(".*searches/|[?].*", "");
        JsonNode child = dashboard.get(page, "v1/searches/" + id + "/candidates/" + selected());
        int parent = child.path("parents").path(0).asInt();
        assertThat(page.locator(".network .box").first()).isVisible();

        page.locator(".family a.member[href*='candidate=" + parent + "']").click();
        assertThat(heading("Candidate #" + parent)).isVisible();
        assertThat(selected()).isEqualTo(parent);

        page.locator("section.candidate .menu summary").click();
        Download file = page.waitForDownload(() ->
                page.locator("section.candidate .menu a[href*='format=json']").click());
        JsonNode export = Json.MAPPER.readTree(Files.readAllBytes(file.path()));
        JsonNode origin = dashboard.get(page, "v1/searches/" + id + "/candidates/" + parent);
        assertThat(export.path("genome")).isEqualTo(origin.path("genome"));
        assertThat(export.path("measurements")).isEqualTo(origin.path("measurements"));
        assertThat(export.path("measurements").path("naswot").isNumber()).isTrue();
        assertThat(export.path("network").path("nodes").size()).isGreaterThan(10);

        button("Cancel").click();
        button("Cancel search").click();
        assertThat(page.locator(".badge.cancelled")).isVisible();
    }

    private int selected() {
        return Integer.parseInt(page.url().replaceAll(".*candidate=(\\d+).*", "$1"));
    }

    @Test
    @Order(3)
    void showsMistakesAtTheirPlaceBeforeAnythingStarts() {
        open();
        visit("#/new?example=nb201-proxies&view=text");
        Locator editor = page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Search document"));
        editor.waitFor();
        String text = editor.inputValue();
        int line = (int) text.substring(0, text.indexOf("\"window\"")).lines().count();
        editor.fill(text.replace("\"window\": 50", "\"window\": -3"));
        assertThat(page.locator("#mistakes")).containsText("line " + line + " /window");
        assertThat(page.locator(".gutter .wrong")).hasText(String.valueOf(line));
        assertThat(button("Start search")).isDisabled();
        button("line " + line).click();
        assertThat((String) editor.evaluate("area => area.value.slice(area.selectionStart, area.selectionEnd)"))
                .contains("\"window\": -3");

        editor.fill("{ not json");
        assertThat(page.locator("#mistakes")).containsText("Not JSON");

        editor.fill(text.replace("\"window\": 50", "\"window\": -3"));
        page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Form"))
                .click();
        Locator window = page.getByLabel("window");
        assertThat(window).hasAttribute("aria-invalid", "true");
        window.fill("25");
        assertThat(button("Start search")).isEnabled();
        page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("JSON"))
                .click();
        assertThat(editor).hasValue(text.replace("\"window\": 50", "\"window\": 25"));
    }

    @Test
    @Order(4)
    void isFoundAgainByItsAddress() throws IOException {
        open();
        finished();
        Locator axis = page.locator("label:has(span:text-is('x')) select");
        axis.selectOption("macs");
        // The rows in the old order stand until those in the new one have come.
        Response sorted = page.waitForResponse(
                response -> response.url().contains("sort=depth"),
                () -> button("depth").click());
        String third = Json.MAPPER.readTree(sorted.body()).at("/items/2/number").asText();
        Locator row = page.locator("tbody a").nth(2);
        assertThat(row).hasText("#" + third);
        row.click();
        assertThat(page.locator("section.candidate[aria-busy=false]")).isVisible();
        int number = selected();

        page.reload();
        assertThat(heading("Candidate #" + number)).isVisible();
        assertThat(axis).hasValue("macs");
        assertThat(page.locator("th[aria-sort=ascending]")).containsText("depth");
        assertThat(page.locator("tr.selected a")).hasText("#" + number);

        page.goBack();
        assertThat(page.locator("#candidate")).hasCount(0);
    }

    @Test
    @Order(5)
    void isUsedWithoutAMouse() {
        open();
        finished();
        visit("#/");
        assertThat(page.locator(".searches .name a").first()).isVisible();
        tabTo(".searches .name a");
        page.keyboard().press("Enter");
        page.locator(".candidates tbody a").first().waitFor();

        tabTo(".candidates tbody a");
        page.keyboard().press("ArrowDown");
        String second = (String) page.evaluate("() => document.activeElement.textContent");
        assertThat(page.locator(".candidates tbody a").nth(1)).hasText(second);
        page.keyboard().press("Enter");
        assertThat(heading("Candidate " + second)).isFocused();

        page.locator(".family .member.self").waitFor();
        page.locator(".network .box").first().waitFor();
        tabTo(".network .box");
        page.keyboard().press("Enter");
        assertThat(page.locator(".box[aria-pressed=true]")).hasCount(1);
        tabTo(".family .member");
        page.keyboard().press("Escape");
        assertThat(page.locator("#candidate")).hasCount(0);
        assertThat(page.locator(".candidates tbody a").nth(1)).isFocused();

        Locator front = page.locator("[data-points]");
        front.focus();
        page.keyboard().press("ArrowLeft");
        assertThat(page.locator("section.candidate .badge.front")).isVisible();
        int right = selected();
        page.keyboard().press("ArrowLeft");
        assertThat(page).not().hasURL(Pattern.compile(".*candidate=" + right + "\\b.*"));
        assertThat(front).isFocused();
    }

    /** Presses Tab until something like that has the focus, which has to show at every step. */
    private void tabTo(String selector) {
        for (int presses = 0; presses < 80; presses++) {
            page.keyboard().press("Tab");
            assertThat((Boolean) page.evaluate("""
                () => {
                  const at = document.activeElement;
                  const style = getComputedStyle(at);
                  const drawn = at.matches('.box, .member') && getComputedStyle(at.querySelector('rect'));
                  const framed = at.closest('.code') && getComputedStyle(at.closest('.code'));
                  return style.outlineStyle !== 'none' || Boolean(framed) || parseFloat(drawn.strokeWidth) > 2;
                }\
                """))
                    .as("focus can be seen on " + page.evaluate("() => document.activeElement.outerHTML.slice(0, 120)"))
                    .isTrue();
            if ((Boolean) page.evaluate("selector => document.activeElement.matches(selector)", selector)) {
                return;
            }
        }
        throw new AssertionError("no way by Tab to " + selector);
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    @Order(6)
    void followsTheSystemsSchemeAndCanBeReadInIt(ColorScheme scheme) {
        open(1280, scheme);
        finished();
        page.locator(BRED).first().click();
        page.locator(".family .member.self").waitFor();
        assertThat(number("() => contrast.light(document.body)", page))
                .isBetween(scheme == ColorScheme.DARK ? 0.0 : 0.8, scheme == ColorScheme.DARK ? 0.1 : 1.0);
        for (String selector : List.of("h1", ".tiles dt", ".badge", ".primary", ".caption", ".change", "th", "td a")) {
            assertThat(number("() => contrast.of(document.querySelector('" + selector + "'))", page))
                    .as("contrast of " + selector)
                    .isGreaterThanOrEqualTo(4.5);
        }
    }

    /** Relative luminance and contrast as WCAG 2 defines them, of text over the nearest background that is painted. */
    private static double number(String expression, Page page) {
        page.evaluate("""
            () => {
              const channels = (color) => color.match(/[\\d.]+/g).map(Number);
              const linear = (c) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
              const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
              const ground = (element) => {
                const color = channels(getComputedStyle(element).backgroundColor);
                return color.length === 4 && color[3] === 0 ? ground(element.parentElement) : luminance(color);
              };
              window.contrast = {
                light: ground,
                of: (element) => {
                  const pair = [luminance(channels(getComputedStyle(element).color)), ground(element)];
                  return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
                },
              };
            }\
            """);
        return ((Number) page.evaluate(expression)).doubleValue();
    }

    @Test
    @Order(7)
    void fitsANarrowScreen() {
        open(400, ColorScheme.LIGHT);
        String search = "#/searches/" + finished() + "?candidate=3";
        for (String hash : List.of("#/", "#/new?view=form", "#/new?view=text", search)) {
            visit(hash);
            page.locator(hash.startsWith("#/new") ? ".figure" : hash.equals(search) ? ".member.self" : ".searches")
                    .waitFor();
            assertThat((Integer) page.evaluate(
                            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                    .as("sideways scrolling of " + hash)
                    .isLessThanOrEqualTo(0);
        }
    }

    @Test
    @Order(8)
    void pausesResumesCancelsVariesAndDeletes() {
        open();
        String id = dashboard.search(page, "Slow", 40, 10_000);
        visit("#/searches/" + id);
        button("Pause").click();
        assertThat(page.locator(".badge.paused")).isVisible();
        button("Resume").click();
        assertThat(page.locator(".badge.running")).isVisible();
        button("Cancel").click();
        button("Cancel search").click();
        assertThat(page.locator(".badge.cancelled")).isVisible();
        page.getByText("Start a variant").click();
        assertThat(page.getByLabel("name").first()).hasValue("Slow");
        page.goBack();
        button("Delete").click();
        button("Go back").click();
        button("Delete").click();
        button("Delete search").click();
        assertThat(heading("Searches")).isVisible();
        assertThat(page.locator(".searches").getByText("Slow")).hasCount(0);

        visit("#/searches/" + id);
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("no search");
    }

    /** The journal is not broken here: the answer says so. */
    @Test
    @Order(9)
    void saysThatASearchStandsStillAndOffersNothingThatWouldBeRefused() {
        open();
        String id = dashboard.search(page, "Still", 40, 10_000);
        String resource = "**/v1/searches/" + id;
        page.route(resource, route -> {
            String answer = route.fetch().text();
            route.fulfill(new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(answer.replace("\"halted\":null", "\"halted\":\"the disk is full\"")));
        });
        visit("#/searches/" + id);
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("the disk is full");
        assertThat(button("Pause")).hasCount(0);
        assertThat(button("Cancel")).hasCount(0);

        page.unroute(resource);
        page.reload();
        assertThat(button("Pause")).isVisible();
        assertThat(page.getByRole(AriaRole.ALERT)).hasCount(0);
        button("Cancel").click();
        button("Cancel search").click();
        assertThat(page.locator(".badge.cancelled")).isVisible();
    }

    @Test
    @Order(10)
    void saysWhenTheServiceIsGoneAndGoesOnWhenItIsBack() throws Exception {
        open();
        String id = dashboard.search(page, "Interrupted", 40, 10_000);
        visit("#/searches/" + id);
        awaitMorePointsThan(5);
        dashboard.stop();
        assertThat(page.getByText("Connection lost")).isVisible();
        int before = points();
        assertThat(before).isGreaterThan(5);

        dashboard.startAgain();
        assertThat(page.getByText("Connection lost")).hasCount(0);
        awaitMorePointsThan(before + 5);
        assertThat(page.locator(".badge.running")).isVisible();
    }
}
