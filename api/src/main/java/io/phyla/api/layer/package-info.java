/** Candidates that are layers by themselves: what is known of them and what they cost here. */
@NullMarked
package io.phyla.api.layer;

import org.jspecify.annotations.NullMarked;
