package io.phyla.spaces.program;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Node;
import io.phyla.spaces.program.Notation.Definition;
import io.phyla.spaces.program.Term.Negation;
import io.phyla.spaces.program.Term.Part;
import io.phyla.spaces.program.Term.Sum;
import io.phyla.spaces.program.Term.Symbol;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A program as people read it: without what leads nowhere, its {@link Simplification} tidied like algebra on paper. What is used more
 * than once and is long has a name of its own, and so has what is nested deeper than anybody reads. Scale and shift are gamma and beta. {@code log} and {@code sqrt} are those of
 * {@link io.phyla.spaces.design.Operation}: they keep the sign of what they are taken of.
 *
 * @param text on one line, such as {@code x * sigmoid(v1 * x) / std_whcg(x) * gamma + beta}
 * @param latex for LaTeX's mathematics mode
 * @param mathml a whole element {@code math}
 */
public record Formula(String text, String latex, String mathml) {

    /** Letters of text from which a term that is used twice is long. */
    private static final int LONG = 16;

    /** Operations inside of one another from which a term is deep. */
    private static final int DEEP = 100;

    private static final Typesetter TEXT = new Typesetter(new PlainText());

    public static Formula of(LayerProgram program) {
        Written written = new Written(Simplification.of(program));
        return new Formula(written.in(new PlainText()), written.in(new Latex()), written.in(new MathMl()));
    }

    /** Terms of a program's values, those that are long and shared replaced by names. */
    private static final class Written {

        private record Named(Symbol name, Term term) {}

        private final LayerProgram program;
        private final List<Named> named = new ArrayList<>();
        private final Set<String> taken = new HashSet<>(Set.of("x"));
        private final Term result;

        Written(LayerProgram program) {
            this.program = program;
            program.vectors().forEach(each -> taken.add(each.name()));
            Symbol scale = named("gamma", "scale");
            Symbol shift = named("beta", "shift");
            int[] uses = uses();
            int[] depth = new int[program.values()];
            List<Term> terms = new ArrayList<>();
            for (int value = 0; value < program.values(); value++) {
                Term term = term(value, terms);
                depth[value] = depth(value, depth);
                boolean apart = depth[value] == DEEP || uses[value] > 1 && program.isNode(value) && isLong(term);
                depth[value] = apart ? 0 : depth[value];
                terms.add(apart ? name(term) : term);
            }
            Term output = terms.get(program.output());
            result = program.affine() ? scaled(output, scale, shift) : output;
        }

        /** The shift stands last, whatever the sign of what is before it. */
        private static Term scaled(Term output, Symbol scale, Symbol shift) {
            Term product = Terms.product(output, scale);
            Part first = product instanceof Negation(Term inner) ? new Part(true, inner) : new Part(false, product);
            return new Sum(List.of(first, new Part(false, shift)));
        }

        /** The first name, or the second if a vector has the first. */
        private Symbol named(String wanted, String otherwise) {
            return new Symbol(taken.add(wanted) ? wanted : otherwise);
        }

        private int[] uses() {
            int[] uses = new int[program.values()];
            for (Node node : program.nodes()) {
                node.inputs().forEach(input -> uses[input]++);
            }
            uses[program.output()]++;
            return uses;
        }

        private int depth(int value, int[] depth) {
            return program.isNode(value)
                    ? 1
                            + program.node(value).inputs().stream()
                                    .mapToInt(input -> depth[input])
                                    .max()
                                    .orElse(0)
                    : 0;
        }

        private Term term(int value, List<Term> terms) {
            if (program.isNode(value)) {
                Node node = program.node(value);
                Term first = terms.get(node.inputs().getFirst());
                return Terms.of(node.operation(), first, terms.get(node.inputs().getLast()));
            } else if (value == LayerProgram.ZERO) {
                return Term.ZERO;
            }
            return new Symbol(
                    value == LayerProgram.X ? "x" : program.vector(value).name());
        }

        private static boolean isLong(Term term) {
            return TEXT.write(term).length() >= LONG;
        }

        private Symbol name(Term term) {
            for (int i = 0; ; i++) {
                String letter = Character.toString('a' + i % 26);
                String name = i < 26 ? letter : letter + i / 26;
                if (taken.add(name)) {
                    named.add(new Named(new Symbol(name), term));
                    return new Symbol(name);
                }
            }
        }

        String in(Notation notation) {
            Typesetter typesetter = new Typesetter(notation);
            return notation.whole(
                    typesetter.write(result),
                    named.stream()
                            .map(each -> new Definition(typesetter.write(each.name()), typesetter.write(each.term())))
                            .toList());
        }
    }
}
