package io.phyla.runs.service;

import io.phyla.api.upload.UploadLimits;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a service is to run.
 *
 * @param directory database and artifacts
 * @param bind address to listen on
 * @param port 0 for any free one
 * @param workers number of worker processes, 0 for one per core, or {@code inline}
 * @param files outside files and directories by the name a document uses
 * @param tokens accepted bearer tokens, {@code role:secret}
 * @param takeUp whether searches and trainings that an earlier process left go on
 * @param mostUpload bytes of an uploaded file
 */
public record ServiceOptions(
        Path directory,
        String bind,
        int port,
        String workers,
        Map<String, Path> files,
        List<String> tokens,
        boolean takeUp,
        long mostUpload) {

    public ServiceOptions {
        files = Map.copyOf(files);
        tokens = List.copyOf(tokens);
    }

    /** With the usual bound on uploads. */
    public ServiceOptions(
            Path directory,
            String bind,
            int port,
            String workers,
            Map<String, Path> files,
            List<String> tokens,
            boolean takeUp) {
        this(
                directory,
                bind,
                port,
                workers,
                files,
                tokens,
                takeUp,
                UploadLimits.standard().bytes());
    }
}
