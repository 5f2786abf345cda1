package io.phyla.api.export.subject;

import io.phyla.spaces.design.Network;
import java.util.List;

/** Where two networks part. */
final class Differences {

    private Differences() {}

    /** The first layer that differs, in words. */
    static String first(Network wanted, Network found) {
        List<Network.Node> ours = wanted.nodes();
        List<Network.Node> theirs = found.nodes();
        for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
            if (!ours.get(i).equals(theirs.get(i))) {
                return "its layer " + i + " is " + words(theirs.get(i)) + ", not " + words(ours.get(i));
            }
        }
        return "it has " + theirs.size() + " layers, not " + ours.size();
    }

    private static String words(Network.Node node) {
        return "'" + node.name() + "', " + node.layer() + " of " + node.inputs();
    }
}
