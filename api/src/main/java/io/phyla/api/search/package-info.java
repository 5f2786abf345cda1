/** Searches and candidates as resources. */
@NullMarked
package io.phyla.api.search;

import org.jspecify.annotations.NullMarked;
