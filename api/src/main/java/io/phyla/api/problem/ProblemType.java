package io.phyla.api.problem;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Every kind of error the API answers with; the part of a problem's {@code type} after {@code /problems/}. */
public enum ProblemType {
    INVALID_DOCUMENT(
            400,
            "The search document cannot be run",
            "Each entry of errors points into the document and says what would be right. POST /v1/searches:validate"
                    + " tries a document without starting anything; GET /v1/schemas/search is its JSON Schema."),
    INVALID_SPACE(
            400,
            "The document is no space",
            "Each entry of errors points into the document and says what would be right. POST /v1/spaces:validate"
                    + " tries a document without keeping it; GET /v1/schemas/space is its JSON Schema."),
    INVALID_TRAINING(
            400,
            "The network cannot be trained like this",
            "Each entry of errors points into the document and says what would be right; what is wrong with the network"
                    + " names its layer. GET /v1/schemas/training is the document's JSON Schema."),
    MALFORMED_JSON(
            400,
            "The body is no JSON",
            "The body must be one JSON value in UTF-8, nested at most 64 deep, without repeated members and without"
                    + " text behind it. The pointer names the innermost value that could still be read."),
    INVALID_PARAMETER(
            400,
            "A parameter is not allowed",
            "Each entry of errors names a parameter of path, query or header and what it takes. The contract at"
                    + " /openapi.yaml lists the parameters of every operation."),
    MISSING_IDEMPOTENCY_KEY(
            400,
            "The Idempotency-Key header is missing",
            "A POST that creates something carries a key chosen by the client, such as a UUID. Sent again with the same"
                    + " key it creates nothing twice, so it can be repeated safely after a lost connection."),
    UNAUTHENTICATED(
            401,
            "A token is needed",
            "This service was started with tokens. Send one as 'Authorization: Bearer <secret>'."),
    FORBIDDEN(
            403,
            "The token's role does not allow this",
            "Roles are read, submit (also starts, pauses, resumes and cancels searches and trainings) and admin (also"
                    + " deletes them)."),
    FOREIGN_ORIGIN(
            403,
            "A page from elsewhere asked for this",
            "Requests that change something are taken from the service's own pages and from programs, not from pages of"
                    + " other origins."),
    NOT_FOUND(404, "There is no such thing", "Nothing stands at this path; /openapi.yaml lists what does."),
    METHOD_NOT_ALLOWED(405, "The method is not allowed here", "The Allow header lists the methods of this path."),
    NOT_ACCEPTABLE(406, "No acceptable form", "The Accept header allows none of the media types of this answer."),
    IN_USE(
            409,
            "It is in use",
            "A name stands for one content as long as it is there, and what a search or training that has not ended"
                    + " needs cannot be deleted."),
    WRONG_STATE(
            409,
            "Its state does not allow this",
            "What has ended cannot be paused, resumed or cancelled; what has not ended cannot be deleted, and has no"
                    + " weights yet."),
    TOO_LARGE(
            413,
            "The body is too large",
            "A document has at most 1 MiB, an uploaded file what the service's option --max-upload says."),
    UNSUPPORTED_MEDIA_TYPE(
            415,
            "The media type is not supported",
            "Documents are application/json, uploaded files application/octet-stream."),
    EXPORT_TOO_LARGE(
            422,
            "The export would be too large",
            "An export is made whole before it is sent, and has at most 2 GiB. Take the front in one format, or"
                    + " candidates one by one."),
    RANGE_NOT_SATISFIABLE(
            416,
            "The range lies outside the file",
            "Content-Range says how many bytes the file has. A range that begins at the last byte received goes on"
                    + " where a download broke off; If-Range with its ETag makes sure that it is still the same file."),
    MISDIRECTED(
            421,
            "The request was meant for another host",
            "A service on loopback answers only to localhost, 127.0.0.1 and [::1] in the Host header, so that a foreign"
                    + " page cannot reach it through a name of its own."),
    IDEMPOTENCY_MISMATCH(
            422,
            "The key was used before with another document",
            "An Idempotency-Key belongs to one document for 24 hours. Choose another key."),
    INVALID_UPLOAD(
            422,
            "The file is not what it should be",
            "Each entry of errors says what is wrong and where: the node of a model, the entry of an archive, the byte"
                    + " or record of a file. Nothing of the file was kept."),
    INTERNAL(
            500,
            "The service failed",
            "This is a mistake in the service, not in the request. Its log has the details under the X-Request-Id."),
    STORAGE_FULL(
            507,
            "There is no room",
            "There is a bound on how many uploads of a kind there may be and on their bytes together, and the disk has"
                    + " one of its own, for files that are made to be sent, too. Delete uploads that nobody needs."),
    OVERLOADED(503, "Too many requests at once", "Try again after the seconds in Retry-After."),
    UNAVAILABLE(
            503,
            "The service cannot do this now",
            "The database does not take the request, or the service is stopping. /health/ready says what is wrong;"
                    + " try again after the seconds in Retry-After.");

    private final int status;
    private final String title;
    private final String explanation;

    ProblemType(int status, String title, String explanation) {
        this.status = status;
        this.title = title;
        this.explanation = explanation;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** What it means and what to do, for people. */
    public String explanation() {
        return explanation;
    }

    /** The last part of its {@code type}, such as {@code not-found}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String path() {
        return "/problems/" + slug();
    }

    /** The type with this {@link #slug}. */
    public static Optional<ProblemType> named(String slug) {
        return Stream.of(values()).filter(each -> each.slug().equals(slug)).findFirst();
    }
}
