package io.phyla.runs.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.phyla.evaluators.data.Glyphs;
import io.phyla.runs.SmallNetwork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Trainings in the dashboard as a person meets them. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TrainingPagesTest {

    @TempDir
    static Path directory;

    private static @Nullable Dashboard dashboard;

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

    @BeforeEach
    void open() {
        page = dashboard.open(new Browser.NewContextOptions().setViewportSize(1280, 900));
    }

    @AfterEach
    void close() {
        page.context().close();
        assertThat(dashboard.complaints()).as("the browser's console").isEmpty();
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private void awaitMorePointsThan(int count) {
        page.waitForFunction("n => Number(document.querySelector('.curve')?.dataset.points) > n", count);
    }

    private int points() {
        return Integer.parseInt(page.locator(".curve").first().getAttribute("data-points"));
    }

    @Test
    @Order(1)
    void trainsANetworkFromAFileWatchesPausesAndTakesTheWeightsHome() throws Exception {
        page.navigate(dashboard.url("#/trainings"));
        assertThat(page.getByText("Nothing has been trained yet")).isVisible();
        page.getByText("Train a network").first().click();

        Path file = Files.writeString(
                directory.resolve("small.json"), SmallNetwork.json().toString());
        page.locator("input[type=file]").setInputFiles(file);
        page.getByLabel("steps", new Page.GetByLabelOptions().setExact(true)).fill("1000");
        page.getByLabel("curve steps").fill("5");
        page.getByLabel("optimizer").selectOption("adam");
        button("Start training").click();
        assertThat(page).hasURL(Pattern.compile(".*#/trainings/.+"));

        awaitMorePointsThan(3);
        awaitMorePointsThan(points() + 3);
        button("Pause").click();
        assertThat(page.locator(".badge.paused")).isVisible();
        button("Resume").click();
        assertThat(page.locator(".badge.finished")).isVisible();
        awaitMorePointsThan(199);
        assertThat(page.locator(".network .box").first()).isVisible();

        page.locator(".menu summary").click();
        Download weights = page.waitForDownload(
                () -> page.locator(".menu a[href*='format=safetensors']").click());
        assertThat(weights.suggestedFilename()).endsWith(".safetensors");
        assertThat(Files.size(weights.path())).isPositive();
        String shot = System.getenv("SHOTS");
        if (shot != null) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of(shot, "training.png"))
                    .setFullPage(true));
        }
    }

    @Test
    @Order(2)
    void showsAtItsFieldWhatIsWrong() throws Exception {
        page.navigate(dashboard.url("#/train"));
        Path file = Files.writeString(
                directory.resolve("small.json"), SmallNetwork.json().toString());
        page.locator("input[type=file]").setInputFiles(file);
        page.getByLabel("data").fill("nothing");
        button("Start training").click();
        assertThat(page.locator(".field.wrong")).containsText("no data set 'nothing'");

        page.getByLabel("data").fill("");
        // By the name alone: what is wrong with a field becomes a part of its label.
        Locator teacher = page.locator("label:has(span:text-is('network')) input");
        teacher.fill("nobody");
        button("Start training").click();
        assertThat(page.locator(".field.wrong")).containsText("is required");
        Locator weights = page.locator("label:has(span:text-is('weights')) input");
        weights.fill("nothing");
        button("Start training").click();
        assertThat(page.locator(".field.wrong").first()).containsText("there are no data 'nobody'");
        assertThat(page.locator(".field.wrong").last()).containsText("there are no data 'nothing'");
        // A teacher of whom nothing is said any more is none.
        teacher.fill("");
        weights.fill("");
        page.getByLabel("curve steps").fill("0");
        button("Start training").click();
        assertThat(page.locator(".field.wrong")).hasCount(1);
        assertThat(page.locator(".field.wrong")).containsText("at least 1");

        Path other = Files.writeString(directory.resolve("other.json"), "{\"genome\": 1}");
        page.locator("input[type=file]").setInputFiles(other);
        assertThat(page.getByText("other.json holds no network")).isVisible();
    }

    @Test
    @Order(3)
    void trainsACandidatesNetworkAndCancels() {
        String search =
                dashboard.search(page, "To train", 0, 20, Glyphs.instance().classes());
        page.navigate(dashboard.url("#/searches/" + search + "?candidate=3"));
        page.getByText("Train this network").click();
        page.getByLabel("batch", new Page.GetByLabelOptions().setExact(true)).fill("8");
        page.getByLabel("curve steps").fill("1");
        assertThat(page.locator(".network .box").first()).isVisible();
        button("Start training").click();
        assertThat(page).hasURL(Pattern.compile(".*#/trainings/.+"));
        awaitMorePointsThan(0);
        button("Cancel").click();
        button("Cancel training").click();
        assertThat(page.locator(".badge.cancelled")).isVisible();

        page.getByText("Trainings", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator("tbody tr")).hasCount(2);
    }
}
