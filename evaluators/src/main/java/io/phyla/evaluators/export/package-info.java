/** What writers of networks in other languages have in common. */
@NullMarked
package io.phyla.evaluators.export;

import org.jspecify.annotations.NullMarked;
