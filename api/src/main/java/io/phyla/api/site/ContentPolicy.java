package io.phyla.api.site;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the page may load: only its own files, and of inline scripts only those written in it, named by their hashes. */
record ContentPolicy(String header) {

    private static final Pattern INLINE =
            Pattern.compile("<script(?![^>]*\\ssrc=)[^>]*>(.*?)</script>", Pattern.DOTALL);

    static ContentPolicy of(byte[] page) {
        StringBuilder scripts = new StringBuilder("script-src 'self'");
        Matcher matcher = INLINE.matcher(new String(page, StandardCharsets.UTF_8));
        while (matcher.find()) {
            scripts.append(" 'sha256-").append(hash(matcher.group(1))).append('\'');
        }
        return new ContentPolicy("default-src 'none'; " + scripts
                + "; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self';"
                + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    }

    private static String hash(String script) {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
