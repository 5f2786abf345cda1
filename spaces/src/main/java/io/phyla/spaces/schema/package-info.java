/** Records as parameters: their JSON Schema, and a reader that reports every mistake at its JSON Pointer. */
@NullMarked
package io.phyla.spaces.schema;

import org.jspecify.annotations.NullMarked;
