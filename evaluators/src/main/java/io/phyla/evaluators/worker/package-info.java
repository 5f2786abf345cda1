/** Where expensive metrics are computed: worker processes, supervised, or this process. */
@NullMarked
package io.phyla.evaluators.worker;

import org.jspecify.annotations.NullMarked;
