/** The space of normalisation-activation layers of Liu et al., NeurIPS 2020, and the layers that are known in it. */
@NullMarked
package io.phyla.spaces.evonorm;

import org.jspecify.annotations.NullMarked;
