/**
 * Training-free proxies: what an untrained network's numbers say about its quality once trained. Logarithms are those of
 * {@link StrictMath}: others may differ in their last bit between machines, or between an interpreter and a compiler.
 */
@NullMarked
package io.phyla.evaluators.proxy;

import org.jspecify.annotations.NullMarked;
