package io.phyla.runs.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads in the dashboard as a person meets them. */
class UploadPagesTest {

    @TempDir
    Path directory;

    private static Locator button(Locator in, String name) {
        return in.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    @Test
    void aFileIsSentNamedListedAndDeletedAndABrokenOneExplained() throws Exception {
        try (Dashboard dashboard = new Dashboard(directory.resolve("data"))) {
            setDefaultAssertionTimeout(Dashboard.PATIENCE);
            Page page = dashboard.open(new Browser.NewContextOptions().setViewportSize(360, 800));
            page.navigate(dashboard.url("#/uploads"));
            Locator data = page.getByLabel("Data sets", new Page.GetByLabelOptions().setExact(true));
            assertThat(data.getByText("Nothing has been uploaded yet")).isVisible();

            Path broken = Files.write(directory.resolve("broken.bin"), new byte[4000]);
            data.locator("input[type=file]").setInputFiles(broken);
            button(data, "Upload").click();
            assertThat(data.locator(".notice.bad")).containsText("record 2 ends after 927 of 3073 bytes");

            Path records = Files.write(directory.resolve("My images.bin"), new byte[20 * 3073]);
            data.locator("input[type=file]").setInputFiles(records);
            assertThat(data.getByLabel("Name")).hasValue("my-images");
            data.getByLabel("Name").press("Enter");
            assertThat(data.locator(".notice.good")).containsText("“my-images” is here");
            assertThat(data.locator("tbody tr")).containsText("my-images");
            assertThat(data.locator(".notice.bad")).hasCount(0);

            Locator models = page.getByLabel("Models", new Page.GetByLabelOptions().setExact(true));
            models.locator("input[type=file]").setInputFiles(records);
            button(models, "Upload").click();
            assertThat(models.locator(".notice.bad")).isVisible();
            assertThat((List<?>) page.evaluate("""
                [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth)
                    .map(e => e.outerHTML.slice(0, 200))\
                """))
                    .as("what does not fit a narrow screen")
                    .isEmpty();
            String shot = System.getenv("SHOTS");
            if (shot != null) {
                page.screenshot(new Page.ScreenshotOptions()
                        .setPath(Path.of(shot, "uploads.png"))
                        .setFullPage(true));
            }

            button(data, "Delete my-images").click();
            button(data, "Delete").click();
            assertThat(data.getByText("Nothing has been uploaded yet")).isVisible();
            assertThat(dashboard.complaints()).as("the browser's console").isEmpty();
        }
    }
}
