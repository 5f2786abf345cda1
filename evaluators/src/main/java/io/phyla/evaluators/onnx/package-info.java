/** Networks as ONNX models: what others have made comes in, what a search has found goes out. */
@NullMarked
package io.phyla.evaluators.onnx;

import org.jspecify.annotations.NullMarked;
