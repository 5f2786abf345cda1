/** What is handed over with a layer program, so that whoever takes it can judge and check it. */
@NullMarked
package io.phyla.evaluators.layer;

import org.jspecify.annotations.NullMarked;
