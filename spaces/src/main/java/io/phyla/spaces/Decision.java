package io.phyla.spaces;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One named choice among n options.
 *
 * @param name unique within its space, dotted from the outside in ({@code stage2.block1.kernel})
 * @param options the options' names in index order, at least one, all different
 * @param unit the decisions that mutate together share a unit; a decision of its own uses its name
 * @param when the condition under which the decision exists; null if it always does
 * @param numeric the options as numbers; null if they are only names
 */
public record Decision(
        String name,
        List<String> options,
        String unit,
        @Nullable When when,
        @Nullable Numeric numeric) {

    /** The decision exists only while an <em>earlier</em> decision takes one of these option indices. */
    public record When(String decision, Set<Integer> options) {
        public When {
            options = Set.copyOf(options);
            if (options.isEmpty()) {
                throw new IllegalArgumentException("when '" + decision + "': at least one option is needed");
            }
        }
    }

    /** How distances between the options' numbers are to be read. */
    public enum Scale {
        /** By their difference. */
        LINEAR,
        /** By their ratio; all numbers are positive. */
        LOG
    }

    /**
     * The options as numbers.
     *
     * @param integer whether all of them are whole
     * @param values strictly increasing and finite, one per option
     */
    public record Numeric(boolean integer, Scale scale, List<Double> values) {
        public Numeric {
            values = List.copyOf(values);
            double before = Double.NEGATIVE_INFINITY;
            for (double value : values) {
                if (!(value > before) || value == Double.POSITIVE_INFINITY) {
                    throw new IllegalArgumentException(
                            "numeric options must be finite and increase strictly: " + values);
                }
                if (integer && value != Math.rint(value)) {
                    throw new IllegalArgumentException("integer options must be whole numbers, not " + value);
                }
                if (scale == Scale.LOG && value <= 0) {
                    throw new IllegalArgumentException("options on a log scale must be positive, not " + value);
                }
                before = value;
            }
        }
    }

    public Decision {
        options = List.copyOf(options);
        if (options.isEmpty()) {
            throw new IllegalArgumentException("decision '" + name + "' has no options");
        }
        if (Set.copyOf(options).size() < options.size()) {
            throw new IllegalArgumentException("decision '" + name + "' has an option twice: " + options);
        }
        if (numeric != null && numeric.values().size() != options.size()) {
            throw new IllegalArgumentException("decision '" + name + "' has " + options.size() + " options but "
                    + numeric.values().size() + " numbers");
        }
    }

    /** A decision among names that always exists and mutates alone. */
    public static Decision among(String name, List<String> options) {
        return new Decision(name, options, name, null, null);
    }
}
