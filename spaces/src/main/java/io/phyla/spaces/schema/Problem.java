package io.phyla.spaces.schema;

/**
 * One mistake in a document.
 *
 * @param pointer where, as an RFC 6901 JSON Pointer; empty for the whole document
 * @param detail what is wrong and what would be right
 */
public record Problem(String pointer, String detail) {}
