/** What a search document can name, described for people and forms. */
@NullMarked
package io.phyla.api.catalog;

import org.jspecify.annotations.NullMarked;
