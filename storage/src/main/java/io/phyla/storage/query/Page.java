package io.phyla.storage.query;

import java.util.List;
import java.util.Optional;

/**
 * A page of a list.
 *
 * @param next the cursor of the page after it; empty at the end
 */
public record Page<T>(List<T> items, Optional<String> next) {}
