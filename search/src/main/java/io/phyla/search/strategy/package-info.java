/** How to look: pure ask/tell machines built from Jenetics parts. */
@NullMarked
package io.phyla.search.strategy;

import org.jspecify.annotations.NullMarked;
