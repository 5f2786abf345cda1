/** Networks as source text of other programs. */
@NullMarked
package io.phyla.evaluators.source;

import org.jspecify.annotations.NullMarked;
