/** What a network costs, known from its form without running it. */
@NullMarked
package io.phyla.evaluators.cost;

import org.jspecify.annotations.NullMarked;
