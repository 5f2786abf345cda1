package io.phyla.spaces.evonorm;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.program.ProgramBuilder;

/**
 * A published layer that can be written in two hands.
 *
 * @param affine whether scale and shift stand behind it as published
 * @param epsilon as published
 * @param searchable whether the vectors v0 and v1 of a genome are enough for it
 */
record ReadyLayer(String name, boolean affine, double epsilon, boolean searchable, Writing writing) {

    /** Writes the layer's nodes and answers with its output. */
    interface Writing {
        int write(ProgramBuilder program, Hand hand);
    }

    /** With which vectors a layer is written. */
    enum Hand {
        /** With vectors of its own, named and started as published. */
        PUBLISHED {
            @Override
            int scaled(ProgramBuilder program, int value) {
                return Nodes.add(
                        program, Nodes.mul(program, value, program.vector("gain", 1)), program.vector("offset", 0));
            }

            @Override
            int vector(ProgramBuilder program, String name, double initial, String searched) {
                return program.vector(name, initial);
            }
        },
        /** With v0 = 0 and v1 = 1, scale and shift outside, as a genome has them. */
        SEARCHED {
            @Override
            int scaled(ProgramBuilder program, int value) {
                return value;
            }

            @Override
            int vector(ProgramBuilder program, String name, double initial, String searched) {
                return program.vector(searched, "v0".equals(searched) ? 0 : 1);
            }
        };

        /** The value with a gain and an offset, where they stand inside of the layer. */
        abstract int scaled(ProgramBuilder program, int value);

        /**
         * A vector of the layer.
         *
         * @param searched what stands for it in a genome, v0 or v1
         */
        abstract int vector(ProgramBuilder program, String name, double initial, String searched);
    }

    LayerProgram published(int groupSize, double eps) {
        ProgramBuilder program = new ProgramBuilder();
        return program.build(writing.write(program, Hand.PUBLISHED), affine, groupSize, eps);
    }

    /** As a genome has it: vectors v0 = 0 and v1 = 1, affine. */
    LayerProgram searched(int groupSize, double eps) {
        ProgramBuilder program = new ProgramBuilder();
        EvoNormSpace.VECTORS.forEach(each -> program.vector(each.name(), each.initial()));
        return program.build(writing.write(program, Hand.SEARCHED), true, groupSize, eps);
    }
}
