/** Layer programs as arithmetic. */
@NullMarked
package io.phyla.evaluators.program;

import org.jspecify.annotations.NullMarked;
