/** How the service is: probes and Prometheus metrics. */
@NullMarked
package io.phyla.api.health;

import org.jspecify.annotations.NullMarked;
