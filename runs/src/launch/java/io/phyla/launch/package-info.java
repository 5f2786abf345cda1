/** The way from whatever Java opened the jar to one that can run it. Compiled for JDK 17, knows nothing of the rest. */
@NullMarked
package io.phyla.launch;

import org.jspecify.annotations.NullMarked;
