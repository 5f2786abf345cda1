/** The dashboard's files, from the class path. */
@NullMarked
package io.phyla.api.site;

import org.jspecify.annotations.NullMarked;
