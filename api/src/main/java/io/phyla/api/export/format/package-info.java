/** The formats. */
@NullMarked
package io.phyla.api.export.format;

import org.jspecify.annotations.NullMarked;
