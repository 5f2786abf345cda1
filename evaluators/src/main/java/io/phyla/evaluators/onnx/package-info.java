/** Networks as ONNX models. */
@NullMarked
package io.phyla.evaluators.onnx;

import org.jspecify.annotations.NullMarked;
