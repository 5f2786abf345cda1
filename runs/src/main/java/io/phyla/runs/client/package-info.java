/** What the command line needs of a service's REST API. */
@NullMarked
package io.phyla.runs.client;

import org.jspecify.annotations.NullMarked;
