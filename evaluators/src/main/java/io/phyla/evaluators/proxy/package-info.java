/** Training-free proxies: what an untrained network's numbers say about its quality once trained. */
@NullMarked
package io.phyla.evaluators.proxy;

import org.jspecify.annotations.NullMarked;
