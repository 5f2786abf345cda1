/** The published contract, and the requests it allows. */
@NullMarked
package io.phyla.api.contract;

import org.jspecify.annotations.NullMarked;
