package io.phyla.spaces;

import java.util.Arrays;

/** One option index per decision of a space; an immutable value. Its text form is {@code 0.3.1}. */
public final class Genome {

    private final int[] options;

    private Genome(int[] options) {
        this.options = options;
    }

    public static Genome of(int... options) {
        return new Genome(options.clone());
    }

    /** Reads the text form. */
    public static Genome parse(String text) {
        try {
            return text.isEmpty()
                    ? new Genome(new int[0])
                    : new Genome(Arrays.stream(text.split("\\.", -1))
                            .mapToInt(Genome::index)
                            .toArray());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "a genome is option indices joined by dots, such as 0.3.1, not '" + text + "'", e);
        }
    }

    /** Digits only: no sign, and nothing that wraps to a negative number. */
    private static int index(String digits) {
        if (!digits.chars().allMatch(each -> each >= '0' && each <= '9')) {
            throw new NumberFormatException(digits);
        }
        return Integer.parseInt(digits);
    }

    public int size() {
        return options.length;
    }

    public int option(int decision) {
        return options[decision];
    }

    public Genome with(int decision, int option) {
        int[] copy = options.clone();
        copy[decision] = option;
        return new Genome(copy);
    }

    public int[] toArray() {
        return options.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Genome genome && Arrays.equals(options, genome.options);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(options);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(2 * options.length);
        for (int i = 0; i < options.length; i++) {
            text.append(i == 0 ? "" : ".").append(options[i]);
        }
        return text.toString();
    }
}
