package io.phyla.spaces.program;

import io.phyla.spaces.design.Operation;
import io.phyla.spaces.program.Term.Call;
import io.phyla.spaces.program.Term.Constant;
import io.phyla.spaces.program.Term.Factor;
import io.phyla.spaces.program.Term.Negation;
import io.phyla.spaces.program.Term.Part;
import io.phyla.spaces.program.Term.Power;
import io.phyla.spaces.program.Term.Product;
import io.phyla.spaces.program.Term.Sum;
import io.phyla.spaces.program.Term.Symbol;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Terms out of terms, tidied as people do: signs in front, constants together, equal factors as a power. Unlike
 * {@link Simplification} this may change how a value is rounded, never what it is meant to be; nothing is cancelled.
 */
final class Terms {

    /** Beyond this, powers of powers are left as they are. */
    private static final int LARGEST_EXPONENT = 1000;

    private static final Symbol GUARD = new Symbol("epsilon");

    private Terms() {}

    static Term of(Operation operation, Term a, Term b) {
        return switch (operation) {
            case ADD -> sum(a, b);
            case MUL -> product(a, b);
            case DIV -> quotient(a, b);
            case MAX -> maximum(a, b);
            case NEG -> negative(a);
            case ABS -> a instanceof Constant ? a : Call.of(operation, a);
            case SQUARE -> square(a);
            case EXP -> a.equals(Term.ZERO) ? Term.ONE : Call.of(operation, a);
            case SIGMOID -> a.equals(Term.ZERO) ? new Constant(Rational.of(1, 2)) : Call.of(operation, a);
            case TANH, LOG, SQRT -> Call.of(operation, a);
            case MEAN_BWH, MEAN_WH, MEAN_WHC, MEAN_WHCG -> Call.of(operation, a);
            case RMS_BWH, RMS_WH, RMS_WHC, RMS_WHCG -> Call.of(operation, a);
            case STD_BWH, STD_WH, STD_WHC, STD_WHCG -> Call.of(operation, a);
        };
    }

    static Term negative(Term term) {
        if (term instanceof Negation negation) {
            return negation.term();
        }
        return term.equals(Term.ZERO) ? term : new Negation(term);
    }

    /** Terms that are added as often as others make a multiple; what is subtracted stands behind what is not. */
    static Term sum(Term a, Term b) {
        List<Part> parts = new ArrayList<>();
        Rational constant = Rational.ZERO;
        int place = -1;
        List<Part> all = new ArrayList<>(parts(a));
        all.addAll(parts(b));
        for (Part part : all) {
            if (part.term() instanceof Constant(Rational value) && value.isShort()) {
                place = place < 0 ? parts.size() : place;
                constant = constant.plus(part.subtracted() ? value.times(Rational.MINUS_ONE) : value);
            } else {
                gather(parts, part);
            }
        }
        if (!constant.isZero() || parts.isEmpty()) {
            parts.add(Math.max(place, 0), new Part(constant.isNegative(), new Constant(constant.size())));
        }
        return signed(parts);
    }

    private static List<Part> parts(Term term) {
        return switch (term) {
            case Sum sum -> sum.parts();
            case Negation(Sum sum) ->
                sum.parts().stream()
                        .map(each -> new Part(!each.subtracted(), each.term()))
                        .toList();
            case Negation(Term inner) -> List.of(new Part(true, inner));
            case Symbol _, Constant _, Product _, Power _, Call _ -> List.of(new Part(false, term));
        };
    }

    private static void gather(List<Part> parts, Part part) {
        Scaled scaled = Scaled.of(part.term());
        for (int i = 0; i < parts.size(); i++) {
            Scaled known = Scaled.of(parts.get(i).term());
            if (parts.get(i).subtracted() == part.subtracted() && known.factors().equals(scaled.factors())) {
                Scaled both = new Scaled(known.constant().plus(scaled.constant()), known.factors());
                parts.set(i, new Part(part.subtracted(), both.term()));
                return;
            }
        }
        parts.add(part);
    }

    private static Term signed(List<Part> parts) {
        if (parts.stream().allMatch(Part::subtracted)) {
            return negative(signed(parts.stream()
                    .map(each -> new Part(false, each.term()))
                    .toList()));
        }
        if (parts.size() == 1) {
            return parts.getFirst().term();
        }
        List<Part> ordered = new ArrayList<>(parts);
        for (int i = 0; ordered.getFirst().subtracted(); i++) {
            if (!ordered.get(i).subtracted()) {
                ordered.addFirst(ordered.remove(i));
            }
        }
        return new Sum(ordered);
    }

    static Term product(Term a, Term b) {
        if (a instanceof Negation(Term inner)) {
            return negative(product(inner, b));
        }
        if (b instanceof Negation(Term inner)) {
            return negative(product(a, inner));
        }
        Scaled left = Scaled.of(a);
        Scaled right = Scaled.of(b);
        List<Factor> factors = new ArrayList<>(left.factors());
        right.factors().forEach(each -> multiply(factors, each));
        return new Scaled(left.constant().times(right.constant()), factors).term();
    }

    private static void multiply(List<Factor> factors, Factor factor) {
        Power power = power(factor.term());
        for (int i = 0; i < factors.size() && !factor.divides(); i++) {
            Power known = power(factors.get(i).term());
            int exponent = known.exponent() + power.exponent();
            if (!factors.get(i).divides() && known.base().equals(power.base()) && exponent <= LARGEST_EXPONENT) {
                factors.set(i, new Factor(false, new Power(known.base(), exponent)));
                return;
            }
        }
        factors.add(factor);
    }

    private static Power power(Term term) {
        return term instanceof Power power ? power : new Power(term, 1);
    }

    private static Term quotient(Term a, Term b) {
        if (a instanceof Negation(Term inner)) {
            return negative(quotient(inner, b));
        }
        if (b instanceof Negation(Term inner)) {
            return negative(quotient(a, inner));
        }
        if (b instanceof Constant(Rational value) && !value.isZero()) {
            return product(a, new Constant(value.inverse()));
        }
        Scaled above = Scaled.of(a);
        List<Factor> factors = new ArrayList<>(above.factors());
        factors.add(new Factor(true, b.equals(Term.ZERO) ? GUARD : b));
        return new Scaled(above.constant(), factors).term();
    }

    private static Term maximum(Term a, Term b) {
        if (a instanceof Constant(Rational one) && b instanceof Constant(Rational other)) {
            return one.compareTo(other) >= 0 ? a : b;
        }
        List<Term> arguments = new ArrayList<>(arguments(a));
        arguments(b).stream().filter(each -> !arguments.contains(each)).forEach(arguments::add);
        return new Call(Operation.MAX, arguments);
    }

    private static List<Term> arguments(Term term) {
        return term instanceof Call call && call.operation() == Operation.MAX ? call.arguments() : List.of(term);
    }

    private static Term square(Term term) {
        return switch (term) {
            case Constant(Rational value) when value.isShort() -> new Constant(value.times(value));
            case Negation(Term inner) -> square(inner);
            case Power power when power.exponent() <= LARGEST_EXPONENT / 2 ->
                new Power(power.base(), 2 * power.exponent());
            case Power _, Symbol _, Constant _, Sum _, Product _, Call _ -> new Power(term, 2);
        };
    }

    /** A multiple: a constant and what it multiplies. */
    private record Scaled(Rational constant, List<Factor> factors) {

        static Scaled of(Term term) {
            List<Factor> all = term instanceof Product product ? product.factors() : List.of(new Factor(false, term));
            Rational constant = Rational.ONE;
            List<Factor> factors = new ArrayList<>();
            for (Factor each : all) {
                if (each.term() instanceof Constant(Rational value) && value.isShort()) {
                    constant = constant.times(each.divides() ? value.inverse() : value);
                } else {
                    factors.add(each);
                }
            }
            return new Scaled(constant, factors);
        }

        Term term() {
            if (factors.isEmpty()) {
                return new Constant(constant);
            }
            List<Factor> all = new ArrayList<>(factors);
            Rational above = new Rational(constant.numerator(), BigInteger.ONE);
            Rational below = new Rational(constant.denominator(), BigInteger.ONE);
            if (!above.equals(Rational.ONE) || factors.getFirst().divides()) {
                all.addFirst(new Factor(false, new Constant(above)));
            }
            if (!below.equals(Rational.ONE)) {
                all.add(new Factor(true, new Constant(below)));
            }
            return all.size() == 1 ? all.getFirst().term() : new Product(all);
        }
    }
}
