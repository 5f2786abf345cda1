/** Exports over HTTP: made once, kept for a while, sent in ranges. */
@NullMarked
package io.phyla.api.export.delivery;

import org.jspecify.annotations.NullMarked;
