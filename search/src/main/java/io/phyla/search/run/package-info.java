/** A search's run: its states, its loop, its budget. */
@NullMarked
package io.phyla.search.run;

import org.jspecify.annotations.NullMarked;
