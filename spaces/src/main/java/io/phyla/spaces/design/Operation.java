package io.phyla.spaces.design;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a node of a {@link LayerProgram} does to whole tensors N,C,H,W (Liu et al., "Evolving Normalization-Activation Layers",
 * NeurIPS 2020, Table 1). Every result has the full shape; a moment is spread back over the elements it was taken of. With e the
 * program's epsilon and sgn1 the sign with sgn1(0) = 1:
 */
public enum Operation {
    /** a + b. */
    ADD(2),
    /** a * b. */
    MUL(2),
    /** a / (sgn1(b) * max(|b|, e)): plain division unless the divisor all but vanishes. */
    DIV(2),
    /** The larger one; among equals the gradient goes to the first. */
    MAX(2),
    /** -a. */
    NEG(1),
    /** 1 / (1 + exp(-a)). */
    SIGMOID(1),
    TANH(1),
    /** exp(a), not clamped. */
    EXP(1),
    /** sign(a) * ln(|a| + e); its slope is 1 / (|a| + e). */
    LOG(1),
    /** |a|; its slope at 0 is 0. */
    ABS(1),
    /** a * a. */
    SQUARE(1),
    /** sign(a) * sqrt(|a| + e), 0 at 0; its slope is 1 / (2 * sqrt(|a| + e)). */
    SQRT(1),
    /** Mean over batch and map, per channel. */
    MEAN_BWH(Moment.MEAN, Axes.BATCH),
    /** Mean over the map, per sample and channel. */
    MEAN_WH(Moment.MEAN, Axes.INSTANCE),
    /** Mean over the whole sample. */
    MEAN_WHC(Moment.MEAN, Axes.LAYER),
    /** Mean over each group of channels of a sample. */
    MEAN_WHCG(Moment.MEAN, Axes.GROUP),
    /** sqrt(mean(a * a) + e). */
    RMS_BWH(Moment.RMS, Axes.BATCH),
    RMS_WH(Moment.RMS, Axes.INSTANCE),
    RMS_WHC(Moment.RMS, Axes.LAYER),
    RMS_WHCG(Moment.RMS, Axes.GROUP),
    /** sqrt(mean((a - mean(a))^2) + e), divided by n and not by n - 1. */
    STD_BWH(Moment.STD, Axes.BATCH),
    STD_WH(Moment.STD, Axes.INSTANCE),
    STD_WHC(Moment.STD, Axes.LAYER),
    STD_WHCG(Moment.STD, Axes.GROUP);

    /** Which moment of a set of elements. */
    public enum Moment {
        MEAN,
        RMS,
        STD
    }

    /** The elements that a moment is taken over together. */
    public enum Axes {
        /** b,w,h: one moment per channel. */
        BATCH,
        /** w,h: one per sample and channel. */
        INSTANCE,
        /** w,h,c: one per sample. */
        LAYER,
        /** w,h,c/g: one per sample and group of channels. */
        GROUP
    }

    private final int arity;
    private final @Nullable Moment moment;
    private final @Nullable Axes axes;

    Operation(int arity) {
        this.arity = arity;
        this.moment = null;
        this.axes = null;
    }

    Operation(Moment moment, Axes axes) {
        this.arity = 1;
        this.moment = moment;
        this.axes = axes;
    }

    /** How many tensors it takes, 1 or 2. */
    public int arity() {
        return arity;
    }

    /** Which moment it takes; null if it is element-wise. */
    public @Nullable Moment moment() {
        return moment;
    }

    /** What its moment is taken over; null if it is element-wise. */
    public @Nullable Axes axes() {
        return axes;
    }

    /** Whether samples of a batch see each other through it. */
    public boolean mixesSamples() {
        return axes == Axes.BATCH;
    }

    /** Whether the order of its inputs does not matter. */
    public boolean commutative() {
        return this == ADD || this == MUL || this == MAX;
    }

    /** The name in JSON and on screen, such as {@code std_bwh}. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if nothing is called so */
    @JsonCreator
    public static Operation of(String label) {
        for (Operation operation : values()) {
            if (operation.label().equals(label)) {
                return operation;
            }
        }
        throw new IllegalArgumentException("there is no operation '" + label + "'");
    }
}
