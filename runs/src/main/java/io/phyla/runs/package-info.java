/** The program: where it starts and how it ends. */
@NullMarked
package io.phyla.runs;

import org.jspecify.annotations.NullMarked;
