/** Content-addressed files that workers read without the database. */
@NullMarked
package io.phyla.evaluators.artifacts;

import org.jspecify.annotations.NullMarked;
