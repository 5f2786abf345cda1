/** The embedded database: where it lies, who may open it, its schema. */
@NullMarked
package io.phyla.storage.database;

import org.jspecify.annotations.NullMarked;
