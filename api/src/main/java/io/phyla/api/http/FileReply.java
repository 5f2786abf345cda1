package io.phyla.api.http;

import java.nio.file.Path;

/** A content by its hash, sent from the disk. */
public final class FileReply {

    private static final int TAG_DIGITS = 32;

    private FileReply() {}

    /**
     * The file; its validator comes from its hash, so that nothing has to be read to know it.
     *
     * @param name to be saved under
     */
    public static Reply of(Call call, Path file, String sha256, String mediaType, String name) {
        String tag = '"' + sha256.substring(0, TAG_DIGITS) + '"';
        if (call.parameters().optionalText("If-None-Match").orElse("").contains(tag)) {
            return Answer.empty(304).with("ETag", tag);
        }
        return new Reply.Stream(response -> response.putHeader("Content-Type", mediaType)
                .putHeader("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .putHeader("Cache-Control", "no-cache")
                .putHeader("ETag", tag)
                .sendFile(file.toString()));
    }
}
