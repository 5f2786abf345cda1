/** Formats in which networks leave: what an exporter is, what it writes, which there are. */
@NullMarked
package io.phyla.api.export;

import org.jspecify.annotations.NullMarked;
