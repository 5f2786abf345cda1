/** What can be searched: decisions, genomes, spaces and the identity of a candidate. */
@NullMarked
package io.phyla.spaces;

import org.jspecify.annotations.NullMarked;
