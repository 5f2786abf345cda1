/**
 * The space language: a search space as a JSON document. A document is read ({@code TemplateReader}), unrolled into steps and
 * decisions ({@code Expansion}), tried ({@code Trials}) and from then on decoded genome by genome ({@code Assembly}).
 * {@code spaces/LANGUAGE.md} describes every construct.
 */
@NullMarked
package io.phyla.spaces.template;

import org.jspecify.annotations.NullMarked;
