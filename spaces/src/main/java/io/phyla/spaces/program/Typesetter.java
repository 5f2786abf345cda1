package io.phyla.spaces.program;

import io.phyla.spaces.program.Term.Call;
import io.phyla.spaces.program.Term.Constant;
import io.phyla.spaces.program.Term.Factor;
import io.phyla.spaces.program.Term.Negation;
import io.phyla.spaces.program.Term.Part;
import io.phyla.spaces.program.Term.Power;
import io.phyla.spaces.program.Term.Product;
import io.phyla.spaces.program.Term.Sum;
import io.phyla.spaces.program.Term.Symbol;
import java.util.ArrayList;
import java.util.List;

/** Writes terms in a notation, with parentheses where it would mean something else without. */
record Typesetter(Notation notation) {

    /** How closely a term holds together. */
    private enum Hold {
        SUM,
        PRODUCT,
        POWER,
        ATOM
    }

    String write(Term term) {
        return write(term, Hold.SUM);
    }

    private String write(Term term, Hold least) {
        String written = switch (term) {
            case Symbol symbol -> notation.symbol(symbol.name());
            case Constant(Rational value) -> number(value);
            case Sum sum -> sum(sum.parts());
            case Product product -> product(product.factors());
            case Negation negation -> notation.negation(write(negation.term(), Hold.PRODUCT));
            case Power power ->
                notation.power(write(power.base(), Hold.ATOM), notation.number(Integer.toString(power.exponent())));
            case Call call ->
                notation.call(
                        call.operation(),
                        call.arguments().stream().map(this::write).toList());
        };
        return hold(term).compareTo(least) < 0 ? notation.parentheses(written) : written;
    }

    private static Hold hold(Term term) {
        return switch (term) {
            case Sum _, Negation _ -> Hold.SUM;
            case Product _ -> Hold.PRODUCT;
            case Constant(Rational value) -> value.isWhole() ? Hold.ATOM : Hold.PRODUCT;
            case Power _ -> Hold.POWER;
            case Symbol _, Call _ -> Hold.ATOM;
        };
    }

    private String sum(List<Part> parts) {
        List<String> written = new ArrayList<>();
        for (Part part : parts) {
            String term = write(part.term(), Hold.PRODUCT);
            written.add(written.isEmpty() && part.subtracted() ? notation.negation(term) : term);
        }
        return notation.sum(written, parts.stream().map(Part::subtracted).toList());
    }

    private String number(Rational value) {
        String above = notation.number(value.numerator().toString());
        return value.isWhole()
                ? above
                : notation.quotient(above, notation.number(value.denominator().toString()));
    }

    /** From left to right; everything before a divisor stands over it. */
    private String product(List<Factor> factors) {
        List<Term> open = new ArrayList<>();
        List<String> done = new ArrayList<>();
        for (Factor factor : factors) {
            if (factor.divides()) {
                String above = above(done, open);
                open.clear();
                done.clear();
                done.add(notation.quotient(above, write(factor.term(), notation.stacks() ? Hold.SUM : Hold.POWER)));
            } else {
                open.add(factor.term());
            }
        }
        return times(done, open);
    }

    private String above(List<String> done, List<Term> open) {
        return notation.stacks() && done.isEmpty() && open.size() == 1 ? write(open.getFirst()) : times(done, open);
    }

    private String times(List<String> done, List<Term> open) {
        List<String> all = new ArrayList<>(done);
        open.forEach(each -> all.add(write(each, Hold.PRODUCT)));
        return all.size() == 1 ? all.getFirst() : notation.product(all);
    }
}
