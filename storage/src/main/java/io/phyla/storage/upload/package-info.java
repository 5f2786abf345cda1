/** What was uploaded: models, data sets and spaces, known by their content. */
@NullMarked
package io.phyla.storage.upload;

import org.jspecify.annotations.NullMarked;
