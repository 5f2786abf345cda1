/** Layer programs: writing, simplifying, printing, reading and comparing them. */
@NullMarked
package io.phyla.spaces.program;

import org.jspecify.annotations.NullMarked;
