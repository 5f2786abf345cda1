/** The HTTP service: what it is made of, how it starts and stops. */
@NullMarked
package io.phyla.api;

import org.jspecify.annotations.NullMarked;
