/** The cell space of NAS-Bench-201 (Dong and Yang, ICLR 2020). */
@NullMarked
package io.phyla.spaces.nb201;

import org.jspecify.annotations.NullMarked;
