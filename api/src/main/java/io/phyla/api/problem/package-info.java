/** Errors as RFC 9457 problems, each type with a page that explains it. */
@NullMarked
package io.phyla.api.problem;

import org.jspecify.annotations.NullMarked;
