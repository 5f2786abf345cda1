/** What users bring along: models and data sets, streamed to the disk, looked into by another process, known by their content. */
@NullMarked
package io.phyla.api.upload;

import org.jspecify.annotations.NullMarked;
