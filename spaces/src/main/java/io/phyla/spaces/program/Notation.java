package io.phyla.spaces.program;

import io.phyla.spaces.design.Operation;
import java.util.List;

/** How the parts of a formula look in one language; where parentheses stand is {@link Typesetter}'s. */
interface Notation {

    /** Whether a division is a bar with one term over the other, which parts the two without parentheses. */
    boolean stacks();

    String symbol(String name);

    String number(String digits);

    /** @param subtracted for each part but the first, which has its sign */
    String sum(List<String> parts, List<Boolean> subtracted);

    String product(List<String> factors);

    String quotient(String above, String below);

    String negation(String term);

    String power(String base, String exponent);

    String call(Operation operation, List<String> arguments);

    String parentheses(String term);

    /** A whole formula and what the names in it stand for. */
    String whole(String formula, List<Definition> definitions);

    /** A name, and the term that it stands for. */
    record Definition(String name, String term) {}
}
