/** What a search needs from outside: a journal, a pool of evaluators, artifacts. */
@NullMarked
package io.phyla.search.port;

import org.jspecify.annotations.NullMarked;
