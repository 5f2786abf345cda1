/** Published networks, built from their papers' tables: what is measured, exported and searched around. */
@NullMarked
package io.phyla.spaces.zoo;

import org.jspecify.annotations.NullMarked;
