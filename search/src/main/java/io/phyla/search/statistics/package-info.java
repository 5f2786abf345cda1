/** How well one ordering of candidates agrees with another. */
@NullMarked
package io.phyla.search.statistics;

import org.jspecify.annotations.NullMarked;
