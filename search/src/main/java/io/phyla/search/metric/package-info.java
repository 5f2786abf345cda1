/** The words metric and measurement, and the extension point that computes them. */
@NullMarked
package io.phyla.search.metric;

import org.jspecify.annotations.NullMarked;
