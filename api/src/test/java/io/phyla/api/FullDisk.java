package io.phyla.api;

import java.nio.file.Path;

/** A service in a process of its own, which may be kept from writing; prints its port and runs until it is killed. */
public final class FullDisk {

    private FullDisk() {}

    public static void main(String[] args) {
        Service service = Service.start(Path.of(args[0]));
        System.out.println("port " + service.port());
        System.out.flush();
    }
}
