/** Optimisers: update rules as single passes over all parameters, with what goes around them (decay, clipping, averaging). */
@NullMarked
package io.phyla.evaluators.training.optimizer;

import org.jspecify.annotations.NullMarked;
