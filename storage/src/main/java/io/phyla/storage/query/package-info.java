/** What the API reads: key-set pages whose cost does not grow with a search. */
@NullMarked
package io.phyla.storage.query;

import org.jspecify.annotations.NullMarked;
