package io.phyla.search.port;

/** Something that happened, with its place in the order of what happened to the same thing; from 1, without gaps. */
public interface Sequenced {

    long sequence();
}
