package io.phyla.api.http;

/** Conditional requests (RFC 9110, section 13). */
final class Validators {

    private Validators() {}

    /** Whether If-None-Match says that the client has what this quoted tag validates. */
    static boolean known(String ifNoneMatch, String quoted) {
        for (String each : ifNoneMatch.split(",")) {
            String bare = each.strip();
            if (bare.equals("*") || bare.equals(quoted) || bare.equals("W/" + quoted)) {
                return true;
            }
        }
        return false;
    }
}
