package io.phyla.api.upload;

/**
 * How much may be uploaded.
 *
 * @param bytes of one file
 * @param count of files of one kind
 * @param total bytes of all files of one kind
 * @param atOnce files that come at the same time
 */
public record UploadLimits(long bytes, long count, long total, int atOnce) {

    private static final long GIBIBYTE = 1L << 30;
    private static final int SHARE = 64;

    public UploadLimits {
        if (bytes < 1 || count < 1 || total < bytes || atOnce < 1) {
            throw new IllegalArgumentException("an upload has at least one byte, and there is room for at least one");
        }
    }

    /** A thousand files of each kind, as large together as 64 of the largest. */
    public static UploadLimits of(long bytes) {
        return new UploadLimits(bytes, 1000, Math.min(bytes, Long.MAX_VALUE / SHARE) * SHARE, 3);
    }

    /** With files of up to a gibibyte. */
    public static UploadLimits standard() {
        return of(GIBIBYTE);
    }
}
