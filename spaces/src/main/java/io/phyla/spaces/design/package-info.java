/** What a genome decodes to: designs, their layers, shapes, costs and JSON form. */
@NullMarked
package io.phyla.spaces.design;

import org.jspecify.annotations.NullMarked;
