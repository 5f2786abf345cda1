/** Losses on the logits' own memory. */
@NullMarked
package io.phyla.evaluators.training.loss;

import org.jspecify.annotations.NullMarked;
