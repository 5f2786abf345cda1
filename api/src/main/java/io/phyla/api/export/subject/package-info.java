/** What can be exported: candidates and trainings, with where they come from. */
@NullMarked
package io.phyla.api.export.subject;

import org.jspecify.annotations.NullMarked;
