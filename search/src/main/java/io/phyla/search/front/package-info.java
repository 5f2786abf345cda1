/** The candidates that nothing measured so far beats in every objective. */
@NullMarked
package io.phyla.search.front;

import org.jspecify.annotations.NullMarked;
