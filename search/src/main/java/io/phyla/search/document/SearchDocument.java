package io.phyla.search.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.search.metric.Direction;
import io.phyla.spaces.Bound;
import io.phyla.spaces.schema.Param;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A search as a user writes it. Its run is a function of this document and of recorded measurements. */
public record SearchDocument(
        @Param(description = "What people call it.", min = 1, max = 200)
        String name,

        @Param(description = "What is searched.") Part space,

        @Param(description = "What is optimised; the first decides what is best.", min = 1, max = 8)
        List<Objective> objectives,

        @Param(
                description = "Further metrics to measure and record. Cheap metrics always are.",
                max = 64,
                byDefault = "[]")
        List<String> metrics,

        @Param(description = "Bounds on cheap metrics, met by repair.", max = 32, byDefault = "[]")
        List<Constraint> constraints,

        @Param(description = "Parameters of evaluators, by their names.", max = 32, byDefault = "{}")
        Map<String, JsonNode> evaluators,

        @Param(description = "How to look.") Part strategy,

        @Param(
                description = "Published designs of the space to start from, by name: they are the first proposals, in"
                        + " this order.",
                max = 1000,
                byDefault = "[]")
        List<String> start,

        @Param(description = "When to stop; at least one of evaluations, cost and seconds.")
        Budget budget,

        @Param(description = "What one evaluation may take.", byDefault = "{}")
        Limits limits,

        @Param(
                description = "How many of the newest results a proposal does not see yet (sliding strategies), or"
                        + " how many proposals form a generation (generational ones).",
                min = 1,
                max = 100000,
                byDefault = "" + SearchDocument.DEFAULT_WINDOW)
        int window,

        @Param(description = "Everything random follows from it.", byDefault = "1")
        long seed,

        @Param(description = "What is done with the best in the end; nothing if left out.") @Nullable
        Finish finish) {

    /** The window where none is asked for; a smaller budget of evaluations takes itself. */
    static final int DEFAULT_WINDOW = 16;

    /** A space or a strategy by name, with its parameters. */
    public record Part(
            @Param(description = "Its name.", min = 1, max = 100)
            String name,

            @Param(description = "Its parameters; what is left out keeps its default.", byDefault = "{}")
            JsonNode parameters) {}

    /** A metric to optimise. */
    public record Objective(
            @Param(description = "The metric's name.", min = 1, max = 100)
            String metric,

            @Param(description = "Whether more or less is better; the metric's own direction if left out.") @Nullable
            Direction direction) {}

    /** A bound on a cheap metric. */
    public record Constraint(
            @Param(description = "The metric's name.", min = 1, max = 100)
            String metric,

            @Param(description = "Smallest value allowed.") @Nullable
            Double min,

            @Param(description = "Largest value allowed.") @Nullable
            Double max) {

        public Constraint {
            if (min == null && max == null) {
                throw new IllegalArgumentException("a constraint needs min, max or both");
            }
            if (min != null && max != null && min > max) {
                throw new IllegalArgumentException("min " + min + " is above max " + max);
            }
        }

        /** A bound that belongs to a space. */
        static Constraint of(Bound bound) {
            return new Constraint(bound.metric(), bound.min(), bound.max());
        }
    }

    /** When a search ends. */
    public record Budget(
            @Param(description = "Candidates evaluated.", min = 1, max = 100000000) @Nullable
            Long evaluations,

            @Param(description = "Counted work in the evaluators' own unit.", min = 1e-6) @Nullable
            Double cost,

            @Param(description = "Seconds of running.", min = 1) @Nullable
            Double seconds,

            @Param(
                    description = "Proposals in a row that bring no new candidate, after which the space counts as "
                            + "exhausted.",
                    min = 1,
                    max = 1000000,
                    byDefault = "1000")
            int patience,

            @Param(
                    description = "Whether a candidate proposed again is charged to the cost budget again, as "
                            + "published protocols do; its result is reused either way.",
                    byDefault = "false")
            boolean chargeDuplicates) {

        public Budget {
            if (evaluations == null && cost == null && seconds == null) {
                throw new IllegalArgumentException("a budget needs at least one of evaluations, cost and seconds");
            }
        }
    }

    /** Bounds of one evaluation. */
    public record Limits(
            @Param(description = "Milliseconds.", min = 1, max = 86400000, byDefault = "60000")
            long milliseconds,

            @Param(
                    description = "Bytes of native memory.",
                    min = 1048576,
                    max = 1099511627776L,
                    byDefault = "2147483648")
            long bytes) {}

    /**
     * The last phase: the best are evaluated again, each with several seeds that the search has not seen, and so are
     * established designs to compare them with.
     */
    public record Finish(
            @Param(
                    description = "How many of the best candidates: by the mean of the objectives if all have one unit,"
                            + " else first of the front by the first objective.",
                    min = 0,
                    max = 50,
                    byDefault = "3")
            int best,

            @Param(
                    description = "How often each is evaluated, every time with another seed.",
                    min = 1,
                    max = 50,
                    byDefault = "4")
            int seeds,

            @Param(
                    description = "Parameters of evaluators that differ from the search's, by their names; what is left"
                            + " out stays as it is there.",
                    max = 32,
                    byDefault = "{}")
            Map<String, JsonNode> evaluators,

            @Param(description = "What is measured; the objectives that need measuring if left out.", min = 1, max = 64)
            @Nullable
            List<String> metrics,

            @Param(
                    description = "Established designs of the space to compare with, by name; its first four if left"
                            + " out.",
                    max = 32)
            @Nullable
            List<String> yardsticks) {}
}
