/** Trainings over HTTP. */
@NullMarked
package io.phyla.api.training;

import org.jspecify.annotations.NullMarked;
