/** An evaluator that does nothing, for measuring everything else. */
@NullMarked
package io.phyla.evaluators.noop;

import org.jspecify.annotations.NullMarked;
