package io.phyla.spaces.program;

import static io.phyla.spaces.design.Operation.ABS;
import static io.phyla.spaces.design.Operation.ADD;
import static io.phyla.spaces.design.Operation.DIV;
import static io.phyla.spaces.design.Operation.EXP;
import static io.phyla.spaces.design.Operation.MAX;
import static io.phyla.spaces.design.Operation.MUL;
import static io.phyla.spaces.design.Operation.NEG;
import static io.phyla.spaces.design.Operation.SIGMOID;
import static io.phyla.spaces.design.Operation.SQUARE;
import static io.phyla.spaces.design.Operation.TANH;
import static io.phyla.spaces.program.ProgramBuilder.X;
import static io.phyla.spaces.program.ProgramBuilder.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Series;
import io.phyla.spaces.design.Operation;
import io.phyla.spaces.drawing.SvgDrawing;
import io.phyla.spaces.evonorm.EvoNormParameters;
import io.phyla.spaces.evonorm.EvoNormSpace;
import io.phyla.spaces.evonorm.ReadyLayers;
import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class FormulaTest {

    /** As their papers write them. */
    private static final Map<String, String> READY = Map.ofEntries(
            Map.entry("bn_relu", "max((x - mean_bwh(x)) / std_bwh(x) * gain + offset, 0)"),
            Map.entry("gn_relu", "max((x - mean_whcg(x)) / std_whcg(x) * gain + offset, 0)"),
            Map.entry("ln_relu", "max((x - mean_whc(x)) / std_whc(x) * gain + offset, 0)"),
            Map.entry("in_relu", "max((x - mean_wh(x)) / std_wh(x) * gain + offset, 0)"),
            Map.entry("bn_swish", "a * sigmoid(a) where a = (x - mean_bwh(x)) / std_bwh(x) * gain + offset"),
            Map.entry("frn_tlu", "max(x / rms_wh(x) * gain + offset, tau)"),
            Map.entry("rmsnorm_swish", "a * sigmoid(a) where a = x / rms_whc(x) * gain + offset"),
            Map.entry("evonorm_b0", "x / max(std_bwh(x), v1 * x + std_wh(x)) * gamma + beta"),
            Map.entry("evonorm_b1", "x / max(std_bwh(x), (x + 1) * rms_wh(x)) * gamma + beta"),
            Map.entry("evonorm_b2", "x / max(std_bwh(x), rms_wh(x) - x) * gamma + beta"),
            Map.entry("evonorm_s0", "x * sigmoid(v1 * x) / std_whcg(x) * gamma + beta"),
            Map.entry("evonorm_s1", "x * sigmoid(x) / std_whcg(x) * gamma + beta"),
            Map.entry("evonorm_s2", "x * sigmoid(x) / rms_whcg(x) * gamma + beta"),
            Map.entry("crrelu", "max(x, 0) + epsilon_weight * x * exp(-x^2 / 2)"),
            Map.entry("polynorm", "w1 * x / rms_whc(x) + w2 * x^2 / rms_whc(x^2) + w3 * x^3 / rms_whc(x^3) + offset"),
            Map.entry(
                    "rational",
                    "(((((a5 * x + a4) * x + a3) * x + a2) * x + a1) * x + a0)"
                            + " / (1 + abs((((b4 * x + b3) * x + b2) * x + b1) * x))"),
            Map.entry(
                    "rational_swish",
                    "(((((a5 * x + a4) * x + a3) * x + a2) * x + a1) * x + a0)"
                            + " / (1 + abs((((b4 * x + b3) * x + b2) * x + b1) * x))"),
            Map.entry("swish", "x * sigmoid(beta * x)"));

    private static final String END_OF_SIGMOIDS = "(i" + ")".repeat(100);

    @Test
    void readyLayersAreWrittenAsTheirPapersDo() {
        Map<String, String> written = new TreeMap<>();
        ReadyLayers.all()
                .forEach(
                        (name, program) -> written.put(name, Formula.of(program).text()));
        assertThat(written).containsExactlyInAnyOrderEntriesOf(READY);
    }

    /** Dead nodes and vectors of a genome leave no trace. */
    @Test
    void genomesAreWrittenLikeTheReadyLayers() {
        EvoNormSpace space = new EvoNormSpace(EvoNormParameters.of(Series.B));
        assertThat(space.text(space.known().get("evonorm_b1"))).isEqualTo(READY.get("evonorm_b1"));
        assertThat(space.text(space.known().get("crrelu")))
                .isEqualTo("(max(x, 0) + v0 * x * exp(-x^2 / 2)) * gamma + beta");
        assertThat(space.text(space.known().get("bn_swish")))
                .isEqualTo("a * sigmoid(a) * gamma + beta where a = (x - mean_bwh(x)) / std_bwh(x)");
    }

    private interface Graph extends ToIntFunction<ProgramBuilder> {}

    private static Arguments written(String text, Graph graph) {
        return Arguments.of(text, graph);
    }

    static Stream<Arguments> graphs() {
        return Stream.of(
                written("x", p -> X),
                written("0", p -> ZERO),
                written("2 * x", p -> p.node(ADD, X, X)),
                written("3 * x", p -> p.node(ADD, p.node(ADD, X, X), X)),
                written("x + 1 / 2", FormulaTest::half),
                written("x / 2", p -> p.node(MUL, p.node(SIGMOID, ZERO), X)),
                written("2 * x", p -> p.node(DIV, X, p.node(SIGMOID, ZERO))),
                written("x / epsilon", p -> p.node(DIV, X, ZERO)),
                written("x / x", p -> p.node(DIV, X, X)),
                written("0 * x", p -> p.node(MUL, X, ZERO)),
                written("1 / exp(x)", p -> p.node(DIV, p.node(EXP, ZERO), p.node(EXP, X))),
                written("x / (v0 / x)", p -> p.node(DIV, X, p.node(DIV, v0(p), X))),
                written("x / v0 / x", p -> p.node(DIV, p.node(DIV, X, v0(p)), X)),
                written("x / (v0 * x)", p -> p.node(DIV, X, p.node(MUL, v0(p), X))),
                written("x / (v0 + x)", p -> p.node(DIV, X, p.node(ADD, v0(p), X))),
                written("-(v0 + x)", p -> p.node(NEG, p.node(ADD, v0(p), X))),
                written("x - v0 - exp(x)", p -> p.node(ADD, X, p.node(NEG, p.node(ADD, v0(p), p.node(EXP, X))))),
                written("v0 - x", p -> p.node(ADD, p.node(NEG, X), v0(p))),
                written("-v0 * x", p -> p.node(MUL, v0(p), p.node(NEG, X))),
                written("(v0 * x)^2", p -> p.node(SQUARE, p.node(MUL, v0(p), X))),
                written("v0 * x^3", p -> p.node(MUL, p.node(MUL, v0(p), X), p.node(SQUARE, X))),
                written("tanh(x)^4", p -> p.node(SQUARE, p.node(SQUARE, p.node(TANH, X)))),
                written("abs(x - v0)", p -> p.node(ABS, p.node(ADD, X, p.node(NEG, v0(p))))),
                written("max(x, v0, 0)", p -> p.node(MAX, p.node(MAX, X, v0(p)), p.node(MAX, ZERO, v0(p)))),
                written("exp(a) - a where a = tanh(exp(tanh(x)))", p -> {
                    int shared = p.node(TANH, p.node(EXP, p.node(TANH, X)));
                    return p.node(ADD, p.node(EXP, shared), p.node(NEG, shared));
                }));
    }

    private static int half(ProgramBuilder program) {
        return program.node(ADD, X, program.node(SIGMOID, ZERO));
    }

    private static int v0(ProgramBuilder program) {
        return program.vector("v0", 0);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("graphs")
    void writesNoMoreParenthesesThanNeeded(String text, Graph graph) {
        ProgramBuilder builder = new ProgramBuilder();
        LayerProgram program = builder.build(graph.applyAsInt(builder), false, 0, 1e-5);
        assertThat(Formula.of(program).text()).isEqualTo(text);
    }

    @Test
    void theShiftStandsLast() {
        ProgramBuilder builder = new ProgramBuilder();
        LayerProgram program = builder.build(builder.node(NEG, X), true, 0, 1e-5);
        assertThat(Formula.of(program).text()).isEqualTo("-x * gamma + beta");
        ProgramBuilder taken = new ProgramBuilder();
        int slope = taken.node(MUL, taken.vector("beta", 1), X);
        assertThat(Formula.of(taken.build(slope, true, 0, 1e-5)).text()).isEqualTo("beta * x * gamma + shift");
    }

    @Test
    void hasLatex() {
        assertThat(latex("evonorm_b0"))
                .isEqualTo("\\frac{x}{\\max\\left(s_{b,w,h}\\left(x\\r"
                        + "ight), v_{1} \\, x + s_{w,h}\\left(x\\r"
                        + "ight)\\r"
                        + "ight)} \\, \\gamma + \\beta");
        assertThat(latex("evonorm_s0"))
                .isEqualTo("\\frac{x \\, \\sigma\\left(v_{1} \\, x\\r"
                        + "ight)}{s_{w,h,c/g}\\left(x\\r"
                        + "ight)} \\, \\gamma + \\beta");
        assertThat(latex("crrelu"))
                .isEqualTo("\\max\\left(x, 0\\right) + \\mathrm{epsilon\\_weight} \\, x"
                        + " \\, \\exp\\left(-\\frac{x^{2}}{2}\\right)");
        assertThat(latex("rmsnorm_swish"))
                .isEqualTo("a \\, \\sigma\\left(a\\r"
                        + "ight) \\quad\\text{where } a = \\frac{x}{\\operatorname{rms}_{w,h,c}\\left(x\\r"
                        + "ight)} \\, \\mathrm{gain} + \\mathrm{offset}");
    }

    private static String latex(String name) {
        return Formula.of(ReadyLayers.program(name)).latex();
    }

    @Test
    void hasMathMl() {
        assertThat(Formula.of(ReadyLayers.program("swish")).mathml())
                .isEqualTo("<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><mrow><mi>x</mi>"
                               + "<mo>\u2062</mo><mrow><mi>σ</mi><mo>\u2061</mo><mrow><mo>(</mo><mrow><mi>β</mi><mo>\u2062</mo>"
                               + "<mi>x</mi></mrow><mo>)</mo></mrow></mrow></mrow></math>");
    }

    @Test
    void everyGraphIsWrittenInThreeWays() throws ParserConfigurationException, SAXException, IOException {
        EvoNormSpace space = new EvoNormSpace(new EvoNormParameters(Series.B, 40, true, 0, 1e-5));
        SplittableRandom random = new SplittableRandom(1);
        for (int graph = 0; graph < 500; graph++) {
            Formula formula = Formula.of(space.decode(space.sample(random)));
            assertThat(formula.text()).hasSizeLessThan(2000);
            assertThat(formula.latex().chars().filter(each -> each == '{').count())
                    .isEqualTo(
                            formula.latex().chars().filter(each -> each == '}').count());
            assertThat(DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new InputSource(new StringReader(formula.mathml())))
                            .getDocumentElement()
                            .getTagName())
                    .isEqualTo("math");
        }
    }

    /** Squares of squares of 2 would have more digits than memory has room for. */
    @Test
    void largeConstantsAreNotComputed() {
        ProgramBuilder builder = new ProgramBuilder();
        int one = builder.node(EXP, ZERO);
        int value = builder.node(ADD, one, one);
        for (int i = 0; i < 100; i++) {
            value = builder.node(SQUARE, value);
        }
        assertThat(Formula.of(builder.build(value, false, 0, 1e-5)).text())
                .hasSizeLessThan(500)
                .contains("4294967296");
    }

    /** The longest programs that there may be, operation in operation: nothing is nested without end. */
    @ParameterizedTest
    @EnumSource(names = {"SIGMOID", "DIV", "RMS_WHCG"})
    void longChainsAreWrittenInParts(Operation operation) {
        ProgramBuilder builder = new ProgramBuilder();
        int value = X;
        for (int i = 0; i < LayerProgram.MOST_NODES; i++) {
            value = operation.arity() == 1 ? builder.node(operation, value) : builder.node(operation, X, value);
        }
        LayerProgram program = builder.build(value, true, 0, 1e-5);
        assertThat(Formula.of(program).text()).endsWith(operation == SIGMOID ? END_OF_SIGMOIDS : "");
        assertThat(SvgDrawing.of(program)).contains("node" + value);
    }
}
