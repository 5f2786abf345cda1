/** Layer programs: writing, simplifying, printing, reading and comparing them, and putting them into networks. */
@NullMarked
package io.phyla.spaces.program;

import org.jspecify.annotations.NullMarked;
