/** Spaces that users write: tried, kept, and put into search documents that name them. */
@NullMarked
package io.phyla.api.space;

import org.jspecify.annotations.NullMarked;
