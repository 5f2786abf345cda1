/** A proposed genome, where it came from and what became of it. */
@NullMarked
package io.phyla.search.candidate;

import org.jspecify.annotations.NullMarked;
