/** Images to measure on: an embedded generator and published formats, behind one interface. */
@NullMarked
package io.phyla.evaluators.data;

import org.jspecify.annotations.NullMarked;
