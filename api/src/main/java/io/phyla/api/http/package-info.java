/** From request to answer: the contract's operations, called on virtual threads. */
@NullMarked
package io.phyla.api.http;

import org.jspecify.annotations.NullMarked;
