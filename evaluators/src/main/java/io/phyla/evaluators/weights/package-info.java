/** A network's numbers apart from any execution: what training leaves, what exports write and imports read. */
@NullMarked
package io.phyla.evaluators.weights;

import org.jspecify.annotations.NullMarked;
