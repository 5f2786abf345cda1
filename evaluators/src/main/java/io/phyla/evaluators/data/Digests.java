package io.phyla.evaluators.data;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What a data set's content is known by. */
final class Digests {

    private Digests() {}

    /** Over all splits, each image's label and then its pixels. */
    static String of(Dataset data) {
        MessageDigest digest = sha256();
        byte[] image = new byte[data.channels() * data.size() * data.size()];
        for (Dataset.Split split : Dataset.Split.values()) {
            for (int i = 0; i < data.count(split); i++) {
                digest.update((byte) data.read(split, i, image, 0));
                digest.update(image);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
