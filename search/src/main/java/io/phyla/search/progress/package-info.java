/** Where a search stands: its state and its numbers. */
@NullMarked
package io.phyla.search.progress;

import org.jspecify.annotations.NullMarked;
