/** Candidates as files to take away. */
@NullMarked
package io.phyla.api.export;

import org.jspecify.annotations.NullMarked;
