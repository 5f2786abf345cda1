/** Training one network: what is asked for, the run itself, its checkpoints and the weights that come of it. */
@NullMarked
package io.phyla.evaluators.training;

import org.jspecify.annotations.NullMarked;
