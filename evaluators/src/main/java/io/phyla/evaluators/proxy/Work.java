package io.phyla.evaluators.proxy;

import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkCost;

/** Multiply-accumulates of the runs made so far; a backward run counts once for the data, once for the parameters. */
final class Work {

    private final double macs;
    private double done;

    Work(Network network) {
        macs = NetworkCost.of(network).macs();
    }

    void forward(int samples) {
        done += macs * samples;
    }

    void backwardToInput(int samples) {
        done += macs * samples;
    }

    void backward(int samples) {
        done += 2 * macs * samples;
    }

    /** A forward run of some other network. */
    void forward(Network other, int samples) {
        done += (double) NetworkCost.of(other).macs() * samples;
    }

    double done() {
        return done;
    }
}
