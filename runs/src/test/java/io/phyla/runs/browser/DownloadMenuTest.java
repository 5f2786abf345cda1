package io.phyla.runs.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything a search has found, taken home by a click. */
class DownloadMenuTest {

    @TempDir
    static Path directory;

    private static @Nullable Dashboard dashboard;
    private static @Nullable String search;

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
        if (search == null) {
            search = dashboard.search(page, "To take home", 0, 30);
        }
        page.navigate(dashboard.url("#/searches/" + search));
        assertThat(page.locator(".badge.finished")).isVisible();
    }

    @AfterEach
    void close() {
        page.context().close();
        assertThat(dashboard.complaints()).as("the browser's console").isEmpty();
    }

    private Locator menu(String within) {
        Locator menu = page.locator(within + " .menu");
        menu.locator("summary").click();
        return menu;
    }

    private static List<String> names(Download download) throws Exception {
        try (ZipFile zip = new ZipFile(download.path().toFile())) {
            return zip.stream()
                    .map(each -> each.getName().replaceFirst(".*?/", ""))
                    .toList();
        }
    }

    @Test
    void aWholeSearchAndItsFrontInAnyFormat() throws Exception {
        Locator menu = menu("section[aria-label=Search]");
        Download everything = page.waitForDownload(
                () -> menu.locator("a:has-text('everything')").click());
        assertThat(everything.suggestedFilename()).isEqualTo("phyla-" + search + ".zip");
        assertThat(names(everything)).contains("README.md", "journal.csv", "report.md", "SHA256SUMS");

        Download front =
                page.waitForDownload(() -> menu.locator("a[href*='format=svg']").click());
        assertThat(front.suggestedFilename()).isEqualTo("phyla-" + search + "-front-svg.zip");
        assertThat(names(front)).anyMatch(each -> each.matches("phyla-.*-\\d+\\.svg"));
        String shot = System.getenv("SHOTS");
        if (shot != null) {
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(shot, "downloads.png")));
        }
        page.keyboard().press("Escape");
        assertThat(menu.locator(".choices")).isHidden();
    }

    @Test
    void anUploadedModelInAnotherFormat() throws Exception {
        page.locator("tbody a").first().click();
        assertThat(page.locator("section.candidate[aria-busy=false]")).isVisible();
        Locator candidate = menu("section.candidate");
        Download model = page.waitForDownload(
                () -> candidate.locator("a[href*='format=onnx']").click());
        Path file = Files.copy(model.path(), directory.resolve("mine.onnx"));

        page.navigate(dashboard.url("#/uploads"));
        Locator models = page.getByLabel("Models", new Page.GetByLabelOptions().setExact(true));
        models.locator("input[type=file]").setInputFiles(file);
        models.getByLabel("Name").press("Enter");
        assertThat(models.locator("tbody tr")).containsText("mine");
        Locator menu = menu("tbody");
        assertThat(menu.locator("a[href*='format=svg']")).isVisible();
        String shot = System.getenv("SHOTS");
        if (shot != null) {
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(shot, "model-downloads.png")));
        }
        Download source = page.waitForDownload(
                () -> menu.locator("a[href*='format=pytorch']").click());
        assertThat(source.suggestedFilename()).matches("phyla-[0-9a-f]{16}\\.py");
        Download same =
                page.waitForDownload(() -> menu.locator("a[href$='/content']").click());
        assertThat(same.path()).hasSameBinaryContentAs(file);

        page.setViewportSize(360, 800);
        BoundingBox choices = menu.locator(".choices").boundingBox();
        assertThat(choices.x).isNotNegative();
        assertThat(choices.x + choices.width).as("it fits a narrow screen").isLessThanOrEqualTo(360);
    }

    @Test
    void aCandidateWithTheOptionsOfItsFormat() throws Exception {
        page.locator("tbody a").first().click();
        assertThat(page.locator("section.candidate[aria-busy=false]")).isVisible();
        Locator menu = menu("section.candidate");
        menu.getByLabel("opset").fill("13");
        menu.getByLabel("fold batch norm").check();
        Locator link = menu.locator("a[href*='format=onnx']");
        assertThat(link).hasAttribute("href", Pattern.compile(".*format=onnx&opset=13&fold_batch_norm=true"));
        Download model = page.waitForDownload(link::click);
        assertThat(model.suggestedFilename()).endsWith(".onnx");
        assertThat(Files.size(model.path())).isPositive();

        menu.getByLabel("opset").fill("99");
        link.click();
        assertThat(menu.getByRole(AriaRole.ALERT)).containsText("at most 26");
    }
}
