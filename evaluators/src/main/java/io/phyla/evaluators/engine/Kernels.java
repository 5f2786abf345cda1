package io.phyla.evaluators.engine;

import java.util.stream.Stream;

/** The native kernels of one layer at one batch size: immutable, shared by all plans that contain such a layer. */
interface Kernels {

    Stream<Primitive> primitives();

    /** Bytes of temporary memory that the hungriest kernel needs while it runs. */
    default long scratchpadBytes() {
        return primitives().mapToLong(Primitive::scratchpadBytes).max().orElse(0);
    }

    /** What fixes a layer's kernels. Equal specifications share them, so implementations are records. */
    interface Specification<K extends Kernels> {

        /** Compiles the kernels; their native parts belong to {@code natives} even if this fails half-way. */
        K create(Natives natives);
    }
}
