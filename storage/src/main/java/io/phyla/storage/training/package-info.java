/** Trainings in the database: their journal, and what the API reads of them. */
@NullMarked
package io.phyla.storage.training;

import org.jspecify.annotations.NullMarked;
