/** The journal in H2: one writer, grouped commits. */
@NullMarked
package io.phyla.storage.journal;

import org.jspecify.annotations.NullMarked;
