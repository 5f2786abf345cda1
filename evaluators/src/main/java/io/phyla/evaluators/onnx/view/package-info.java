/** How the dimensions of somebody else's tensor lie in a map C,H,W. */
@NullMarked
package io.phyla.evaluators.onnx.view;

import org.jspecify.annotations.NullMarked;
