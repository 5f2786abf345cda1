package io.phyla.api.problem;

import java.util.List;
import java.util.Map;

/** A request that cannot be answered as hoped; becomes a problem document. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final ProblemType type;
    private final transient List<Mistake> mistakes;
    private final transient Map<String, String> headers;

    private ProblemException(ProblemType type, String detail, List<Mistake> mistakes, Map<String, String> headers) {
        super(detail, null, false, false);
        this.type = type;
        this.mistakes = List.copyOf(mistakes);
        this.headers = Map.copyOf(headers);
    }

    public ProblemException(ProblemType type, String detail) {
        this(type, detail, List.of(), Map.of());
    }

    public ProblemException(ProblemType type, String detail, List<Mistake> mistakes) {
        this(type, detail, mistakes, Map.of());
    }

    /** The same with a header in the answer, such as Allow or Retry-After. */
    public ProblemException with(String header, String value) {
        return new ProblemException(type, String.valueOf(getMessage()), mistakes, Map.of(header, value));
    }

    public static ProblemException notFound(String what) {
        return new ProblemException(ProblemType.NOT_FOUND, "there is no " + what);
    }

    public static ProblemException parameter(String name, String detail) {
        return new ProblemException(
                ProblemType.INVALID_PARAMETER, name + ": " + detail, List.of(Mistake.of(name, detail)));
    }

    public ProblemType type() {
        return type;
    }

    public List<Mistake> mistakes() {
        return mistakes;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
