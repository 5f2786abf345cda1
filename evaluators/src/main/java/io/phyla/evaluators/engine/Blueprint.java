package io.phyla.evaluators.engine;

import io.phyla.spaces.design.Network;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A compiled network before it has memory.
 *
 * @param backward whether there are backward runs
 * @param tensors all of them, also those that nodes share
 * @param values what each node produces; a fused normalisation or sum has that of its rectifier
 * @param merges for each node the sum of the gradients that arrive there, if there are several
 * @param gradients what arrives at each node, nothing where no gradient does
 * @param specifications of the kernels to give back in the end
 */
record Blueprint(
        Network network,
        int batch,
        boolean backward,
        List<Parameter> parameters,
        List<Parameter> statistics,
        MemoryLayout layout,
        @Nullable Buffer scratchpad,
        List<Tensor> tensors,
        List<Tensor> values,
        List<Step> steps,
        List<Optional<Sum>> merges,
        List<Optional<Tensor>> gradients,
        List<Kernels.Specification<?>> specifications) {

    /** All the plan will take: activations, gradients, weights in the kernels' layouts, parameters, their gradients, statistics. */
    long bytes() {
        return layout.bytes() + ParameterVector.bytes(parameters, statistics);
    }

    void release() {
        specifications.forEach(PrimitiveCache.SHARED::release);
    }
}
