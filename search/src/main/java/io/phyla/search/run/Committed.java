package io.phyla.search.run;

import io.phyla.search.port.Journal;

/** An entry that is durable: what listeners may tell the world. */
public record Committed(String search, Journal.Entry entry) {}
