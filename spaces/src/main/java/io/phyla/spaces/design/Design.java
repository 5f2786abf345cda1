package io.phyla.spaces.design;

/** What a genome decodes to. */
public sealed interface Design permits Network {}
