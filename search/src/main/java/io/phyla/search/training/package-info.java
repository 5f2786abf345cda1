/**
 * Training one network, alone: what it is asked for, how it stands, its curve, and the journal and pool that it needs. A
 * training is a resumable task of hours whose result is an artifact.
 */
@NullMarked
package io.phyla.search.training;

import org.jspecify.annotations.NullMarked;
