/** The verbs of the command line. */
@NullMarked
package io.phyla.runs.cli;

import org.jspecify.annotations.NullMarked;
