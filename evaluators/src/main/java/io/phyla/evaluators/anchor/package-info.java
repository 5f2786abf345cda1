/** What a layer is worth in networks: tried on several architectures, cheap reasons to reject it first. */
@NullMarked
package io.phyla.evaluators.anchor;

import org.jspecify.annotations.NullMarked;
