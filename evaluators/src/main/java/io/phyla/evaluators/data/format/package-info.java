/** How others keep images: IDX, NumPy, folders of picture files. */
@NullMarked
package io.phyla.evaluators.data.format;

import org.jspecify.annotations.NullMarked;
