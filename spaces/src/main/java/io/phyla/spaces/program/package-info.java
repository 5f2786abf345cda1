/** Layer programs at work: where they stand in networks and which of them the engine has kernels for. */
@NullMarked
package io.phyla.spaces.program;

import org.jspecify.annotations.NullMarked;
