/** Fronts and whole searches as one file. */
@NullMarked
package io.phyla.api.export.archive;

import org.jspecify.annotations.NullMarked;
