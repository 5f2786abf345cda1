package io.phyla.evaluators.program;

import io.phyla.evaluators.program.Place.Region;

/** The addresses that regions have in a run. */
final class Bases {

    private final long[] addresses = new long[Region.values().length];

    void set(Region region, long address) {
        addresses[region.ordinal()] = address;
    }

    long at(Place place, int sample) {
        return addresses[place.region().ordinal()] + place.offset() + place.perSample() * sample;
    }

    boolean has(Region region) {
        return addresses[region.ordinal()] != 0;
    }
}
