/** How genomes come from genomes, and what changed on the way. */
@NullMarked
package io.phyla.search.lineage;

import org.jspecify.annotations.NullMarked;
