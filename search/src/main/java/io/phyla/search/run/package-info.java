/** A search's run: its proposals, its books, its loop, and all searches of a service. */
@NullMarked
package io.phyla.search.run;

import org.jspecify.annotations.NullMarked;
