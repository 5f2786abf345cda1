/** What the engine costs on this machine, as {@code phyla bench engine} prints it. */
@NullMarked
package io.phyla.evaluators.bench;

import org.jspecify.annotations.NullMarked;
