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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A space of one's own in the dashboard, from the first mistake to its search. */
class SpacePagesTest {

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

    @Test
    void isMendedLookedAtKeptAndSearched() throws Exception {
        page.navigate(dashboard.url("#/spaces"));
        Locator editor = page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Space document"));
        editor.waitFor();
        String document = Files.readString(Path.of("spaces", "conditional-attention.json"));
        editor.fill(document.replace("\"late\", \"everywhere\"]},", "\"late\", \"everywhre\"]},"));
        assertThat(page.locator("#mistakes")).containsText("did you mean 'everywhre'?");
        assertThat(button("Search this space")).isDisabled();

        page.getByLabel("Open a file").setInputFiles(Path.of("spaces", "conditional-attention.json"));
        assertThat(editor).hasValue(document);
        assertThat(page.locator(".samples img")).hasCount(10);
        Locator drawing = page.locator(".samples img").first();
        drawing.scrollIntoViewIfNeeded();
        page.waitForFunction("() => document.querySelector('.samples img').naturalWidth > 100");
        button("Search this space").click();

        page.waitForURL(Pattern.compile(".*#/new\\?space=[0-9a-f]{64}.*"));
        Locator search = page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Search document"));
        assertThat(search).hasValue(Pattern.compile("[\\s\\S]*\"name\": \"template\"[\\s\\S]*"));
        assertThat(button("Start search")).isEnabled();

        page.navigate(dashboard.url("#/spaces"));
        assertThat(page.getByText("A network that may attend").first()).isVisible();
        page.getByText("A network that may attend").first().click();
        assertThat(editor).hasValue(Pattern.compile("[\\s\\S]*\"attention\"[\\s\\S]*"));
    }
}
