package io.phyla.launch;

/** Starts Phyla on a JDK that is new enough, whichever JDK was asked to run the jar. */
public final class Launch {
    private Launch() {}

    public static void main(String[] args) {
        System.exit(69);
    }
}
