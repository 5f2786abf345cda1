/** Published results as an evaluator. */
@NullMarked
package io.phyla.evaluators.table;

import org.jspecify.annotations.NullMarked;
