/** Events of searches, live to any number of readers. */
@NullMarked
package io.phyla.api.events;

import org.jspecify.annotations.NullMarked;
