/** Batches for training and evaluation: ordered, augmented, normalised and written to native memory ahead of the step. */
@NullMarked
package io.phyla.evaluators.data.stream;

import org.jspecify.annotations.NullMarked;
