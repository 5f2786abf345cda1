/** Several proxies made one, each by how a design ranks among others of its space. */
@NullMarked
package io.phyla.evaluators.ensemble;

import org.jspecify.annotations.NullMarked;
