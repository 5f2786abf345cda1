package io.phyla.spaces.program;

import io.phyla.spaces.design.Operation;
import java.util.List;

/** A formula as people write it: sums of several parts, products with divisors among their factors, powers. */
sealed interface Term {

    Constant ZERO = new Constant(Rational.ZERO);

    Constant ONE = new Constant(Rational.ONE);

    /** x, a vector, scale, shift, or what stands for a longer term. */
    record Symbol(String name) implements Term {}

    /** Not negative. */
    record Constant(Rational value) implements Term {}

    /** At least two parts, none of them a sum or a negation; one that is not subtracted stands first if there is any. */
    record Sum(List<Part> parts) implements Term {
        public Sum {
            parts = List.copyOf(parts);
        }
    }

    /** What is added or subtracted. */
    record Part(boolean subtracted, Term term) {}

    /** At least two factors, none of them a negation, those that are multiplied no products; the first does not divide. */
    record Product(List<Factor> factors) implements Term {
        public Product {
            factors = List.copyOf(factors);
        }
    }

    /** What is multiplied with or divided by. */
    record Factor(boolean divides, Term term) {}

    /** Of anything but a negation. */
    record Negation(Term term) implements Term {}

    record Power(Term base, int exponent) implements Term {}

    /** A function that has a name. */
    record Call(Operation operation, List<Term> arguments) implements Term {
        public Call {
            arguments = List.copyOf(arguments);
        }

        static Call of(Operation operation, Term... arguments) {
            return new Call(operation, List.of(arguments));
        }
    }
}
