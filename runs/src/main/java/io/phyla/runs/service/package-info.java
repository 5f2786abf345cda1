/** The service put together from its parts. */
@NullMarked
package io.phyla.runs.service;

import org.jspecify.annotations.NullMarked;
