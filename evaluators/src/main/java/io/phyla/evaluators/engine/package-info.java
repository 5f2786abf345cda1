/** The numeric core: a network compiled once into a plan, then run forward and backward without allocating. */
@NullMarked
package io.phyla.evaluators.engine;

import org.jspecify.annotations.NullMarked;
