package io.phyla.search.training;

import io.phyla.spaces.schema.Param;

/** What a training may take, and how long anything about it may wait. */
public record TrainingLimits(
        @Param(
                description = "Bytes of memory beside the worker's own.",
                min = 1048576,
                max = 1099511627776L,
                byDefault = "4294967296")
        long bytes,

        @Param(
                description = "Seconds without a point of the curve, after which its worker counts as lost and the"
                        + " training goes on from the last checkpoint.",
                min = 1,
                max = 604800,
                byDefault = "3600")
        long silenceSeconds,

        @Param(
                description = "Seconds between two checkpoints, taken at the next point of the curve; with 0 at each.",
                min = 0,
                max = 86400,
                byDefault = "30")
        long checkpointSeconds,

        @Param(
                description = "Seconds that it may wait for a worker before it fails.",
                min = 1,
                max = 31536000,
                byDefault = "604800")
        long waitSeconds) {}
