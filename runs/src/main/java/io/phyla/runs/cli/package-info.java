/** The commands, one class each. */
@NullMarked
package io.phyla.runs.cli;

import org.jspecify.annotations.NullMarked;
