package io.phyla.runs.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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

/** A search of layers in the dashboard: one small search, looked at while it runs and when it has ended. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LayerPagesTest {

    /** Two small networks see a few images: nothing is learned, and nothing is rejected for that. */
    private static final String DOCUMENT = """
        {"name": "Layers", "window": 2, "seed": 3,
         "space": {"name": "evonorm", "parameters": {"series": "b", "nodes": 6}},
         "objectives": [{"metric": "accuracy_plain"}, {"metric": "accuracy_residual"}],
         "evaluators": {"anchors": {
            "anchors": [{"network": "plain", "resolution": 8}, {"network": "residual", "resolution": 8}],
            "steps": 1, "recipe": {"batch": 8}, "quality": {"steps": 0}, "stability": {"steps": 0}}},
         "strategy": {
            "name": "pareto-tournament",
            "parameters": {"random_share": 0, "last_random_share": 0, "initial": 3}},
         "start": ["evonorm_b0", "bn_relu"],
         "finish": {"best": 1, "seeds": 2, "yardsticks": ["bn_relu", "evonorm_s0"]},
         "budget": {"evaluations": 7}}
        """;

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
    void open() throws Exception {
        page = dashboard.open(new Browser.NewContextOptions()
                .setViewportSize(1280, 900)
                .setPermissions(List.of("clipboard-read", "clipboard-write")));
        if (search == null) {
            search = dashboard.start(page, Json.MAPPER.readTree(DOCUMENT));
        }
    }

    @AfterEach
    void close() {
        page.context().close();
        assertThat(dashboard.complaints()).as("the browser's console").isEmpty();
    }

    private void visit(String query) {
        page.navigate(dashboard.url("#/searches/" + search + query));
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private void visitWhenFinished(String query) {
        visit(query);
        assertThat(page.locator(".badge.finished")).isVisible();
    }

    private void shoot(String name) {
        String shot = System.getenv("SHOTS");
        if (shot != null) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of(shot, name + ".png"))
                    .setFullPage(true));
        }
    }

    private static long drawn(JsonNode funnel) {
        return funnel.path("drawn").asLong();
    }

    @Test
    @Order(1)
    void theFunnelGrowsWhileLayersAreDrawn() {
        page.request().post(dashboard.url("v1/searches/" + search + ":pause"));
        visit("");
        Locator funnel = page.locator("table.funnel");
        assertThat(funnel).isVisible();
        assertThat(page.locator(".badge.paused")).isVisible();
        int before = Integer.parseInt(funnel.getAttribute("data-drawn"));
        button("Resume").click();
        page.waitForFunction("n => Number(document.querySelector('table.funnel').dataset.drawn) > n", before);
        assertThat(page.locator(".badge.finished")).isVisible();

        JsonNode told = dashboard.get(page, "v1/searches/" + search).path("funnel");
        assertThat(funnel.locator("tbody tr")).hasCount(told.path("stages").size() + 2);
        assertThat(funnel.getAttribute("data-drawn")).isEqualTo(String.valueOf(drawn(told)));
        String structure =
                String.format(Locale.ROOT, "%,d", told.at("/stages/0/rejected").asLong());
        assertThat(funnel.locator("tr:has(th:text-is('structure')) td.number").first())
                .hasText(structure);
        assertThat(funnel.locator("tr:has(th:text-is('drawn')) td").last()).hasText(Pattern.compile(".+ /s"));
    }

    @Test
    @Order(2)
    void aLayerIsShownByFormulaGraphAndCurves() {
        visitWhenFinished("?candidate=0");
        JsonNode layer = dashboard.get(page, "v1/searches/" + search + "/candidates/0/layer");
        assertThat(page.locator(".formula math mfrac").first()).isVisible();
        assertThat(page.locator(".formula math").first())
                .hasJSProperty("namespaceURI", "http://www.w3.org/1998/Math/MathML");
        button("Copy as LaTeX").click();
        assertThat(button("Copied")).isVisible();
        assertThat(page.evaluate("() => navigator.clipboard.readText()"))
                .isEqualTo(layer.at("/formula/latex").asText());

        int curves = layer.path("curves").size();
        assertThat(page.locator(".lines")).hasCount(2);
        assertThat(page.locator(".lines canvas").first()).isVisible();
        assertThat(page.locator(".lines[data-curves='" + curves + "']")).hasCount(2);
        page.waitForFunction("() => document.querySelector('.picture img').naturalWidth > 50");
        assertThat(page.locator(".facts")).containsText("evonorm_b0");
        shoot("layer");
    }

    @Test
    @Order(3)
    void theFamilyTellsWhichNodeChanged() {
        visitWhenFinished("");
        JsonNode items = dashboard
                .get(page, "v1/searches/" + search + "/candidates?limit=100")
                .path("items");
        JsonNode child = items.valueStream()
                .filter(each -> !each.path("changes").isEmpty())
                .findFirst()
                .orElseThrow();
        JsonNode change = child.at("/changes/0");
        String node = change.path("decision").asText().replaceAll("[.].*", "");
        visit("?candidate=" + child.path("number").asInt());
        assertThat(page.locator(".member.self .changed")).containsText(node);
        Locator step = page.locator(".descent li.self .change:has(b:text-is('" + node + "'))");
        assertThat(step.locator("mark").first()).isVisible();
        assertThat(step).containsText(change.path("to").asText());

        int parent = child.at("/parents/0").asInt();
        page.locator(".family a.member[href$='candidate=" + parent + "']")
                .first()
                .click();
        assertThat(page.locator("section.candidate[aria-busy=false] h2")).hasText("Candidate #" + parent);
        assertThat(page.locator(".family a.member[href$='candidate="
                        + child.path("number").asInt() + "']"))
                .isVisible();
    }

    @Test
    @Order(4)
    void theFinishComparesTheBestWithTheYardsticks() {
        visitWhenFinished("");
        JsonNode subjects =
                dashboard.get(page, "v1/searches/" + search + "/finish").path("subjects");
        Locator rows = page.locator("table.finish tbody tr");
        assertThat(rows).hasCount(3);
        assertThat(rows.first().locator("a"))
                .hasText("#" + subjects.at("/0/candidate").asInt());
        assertThat(rows.first()).containsText("n = 2");
        assertThat(rows.first()).containsText("±");
        assertThat(rows.nth(1)).containsText("bn_relu");
        page.getByLabel("compared with").selectOption("evonorm_s0");
        assertThat(page.getByText("difference to evonorm_s0")).isVisible();
        rows.first().locator("a").click();
        assertThat(page.locator("section.candidate")).isVisible();
        shoot("finish");
    }

    /** The service sends nothing of the kind; the page would not let it in. */
    @Test
    @Order(5)
    void aFormulaThatIsNoMathematicsIsShownAsText() {
        page.route("**/candidates/0/layer", route -> {
            String bad = "<math xmlns=\"http://www.w3.org/1998/Math/MathML\"><mtext><img"
                    + " xmlns=\"http://www.w3.org/1999/xhtml\" src=\"/x\" onerror=\"window.bad = 1\"/></mtext></math>";
            JsonNode layer;
            try {
                layer = Json.MAPPER.readTree(route.fetch().body());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            ((ObjectNode) layer.path("formula")).put("mathml", bad);
            route.fulfill(new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(layer.toString()));
        });
        visitWhenFinished("?candidate=0");
        assertThat(page.locator(".formula code")).isVisible();
        assertThat(page.locator(".formula img, .formula math")).hasCount(0);
        assertThat(page.evaluate("() => window.bad ?? null")).isNull();
    }
}
