package io.phyla.api.http;

import io.phyla.api.contract.Operation;
import io.phyla.api.problem.ProblemException;
import io.phyla.api.problem.ProblemType;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether client and operation agree on media types. */
final class MediaTypes {

    private MediaTypes() {}

    static void checkAccept(Operation operation, @Nullable String accept) {
        if (accept == null || accept.isBlank() || operation.produces().isEmpty()) {
            return;
        }
        for (String each : accept.split(",")) {
            String range = bare(each);
            if (!refused(each) && operation.produces().stream().anyMatch(type -> covers(range, type))) {
                return;
            }
        }
        throw new ProblemException(
                ProblemType.NOT_ACCEPTABLE,
                "this answers in " + String.join(" or ", operation.produces()) + ", which Accept does not allow");
    }

    private static boolean covers(String range, String type) {
        return range.equals("*/*")
                || type.equals("*/*")
                || range.equals(type)
                || range.endsWith("/*") && type.startsWith(range.substring(0, range.length() - 1));
    }

    private static boolean refused(String range) {
        return range.replace(" ", "").matches(".*;q=0(\\.0*)?(;.*)?");
    }

    static void checkContentType(Operation operation, @Nullable String contentType) {
        if (operation.consumes().isEmpty()
                || contentType != null && operation.consumes().contains(bare(contentType))) {
            return;
        }
        throw new ProblemException(
                ProblemType.UNSUPPORTED_MEDIA_TYPE,
                "the body must be " + String.join(" or ", operation.consumes()) + ", not "
                        + (contentType == null ? "without a Content-Type" : List.of(contentType)));
    }

    private static String bare(String mediaType) {
        int parameters = mediaType.indexOf(';');
        return (parameters < 0 ? mediaType : mediaType.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
