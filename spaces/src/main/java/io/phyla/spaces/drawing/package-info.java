/** Networks and layer programs as pictures: a dot file, and an SVG with a layout of our own. */
@NullMarked
package io.phyla.spaces.drawing;

import org.jspecify.annotations.NullMarked;
