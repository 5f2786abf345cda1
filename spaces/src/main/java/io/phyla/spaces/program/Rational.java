package io.phyla.spaces.program;

import java.math.BigInteger;

/** A fraction in lowest terms, its denominator positive: constants of formulas. */
record Rational(BigInteger numerator, BigInteger denominator) implements Comparable<Rational> {

    static final Rational ZERO = of(0, 1);
    static final Rational ONE = of(1, 1);
    static final Rational MINUS_ONE = of(-1, 1);

    /** Beyond so many bits nobody reads a number; it is not computed with any further. */
    private static final int MOST_BITS = 24;

    Rational {
        BigInteger common = numerator.gcd(denominator).multiply(BigInteger.valueOf(denominator.signum()));
        numerator = numerator.divide(common);
        denominator = denominator.divide(common);
    }

    static Rational of(long numerator, long denominator) {
        return new Rational(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
    }

    Rational plus(Rational other) {
        return new Rational(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    Rational times(Rational other) {
        return new Rational(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    /** 1 over it, which must not be 0. */
    Rational inverse() {
        return new Rational(denominator, numerator);
    }

    Rational size() {
        return new Rational(numerator.abs(), denominator);
    }

    boolean isNegative() {
        return numerator.signum() < 0;
    }

    boolean isZero() {
        return numerator.signum() == 0;
    }

    boolean isWhole() {
        return denominator.equals(BigInteger.ONE);
    }

    boolean isShort() {
        return numerator.bitLength() <= MOST_BITS && denominator.bitLength() <= MOST_BITS;
    }

    @Override
    public int compareTo(Rational other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }
}
