package io.phyla.api.contract;

import io.phyla.api.problem.Mistake;
import io.phyla.api.problem.ProblemException;
import io.phyla.api.problem.ProblemType;
import io.phyla.spaces.schema.Nearest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** A request's parameters, checked against its operation; all mistakes are reported at once. */
public final class Parameters {

    private static final int LONGEST_OPEN = 1_000;

    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, String> open = new TreeMap<>();

    private Parameters() {}

    /**
     * @param path decoded path parameters
     * @param query decoded query parameters, each with all its values
     * @param header all values of a header
     * @throws ProblemException listing what is wrong
     */
    public static Parameters read(
            Operation operation,
            Map<String, String> path,
            Map<String, List<String>> query,
            Function<String, List<String>> header) {
        Parameters parameters = new Parameters();
        List<Mistake> mistakes = new ArrayList<>();
        List<String> known = new ArrayList<>();
        boolean open = false;
        for (Parameter parameter : operation.parameters()) {
            if (parameter.isOpen()) {
                open = true;
                continue;
            }
            List<String> texts = switch (parameter.in()) {
                case PATH -> List.of(path.getOrDefault(parameter.name(), ""));
                case HEADER -> header.apply(parameter.name());
                case QUERY -> {
                    known.add(parameter.name());
                    yield query.getOrDefault(parameter.name(), List.of());
                }
            };
            parameters.take(parameter, texts, mistakes);
        }
        for (Map.Entry<String, List<String>> each : query.entrySet()) {
            if (open && !known.contains(each.getKey())) {
                parameters.take(each.getKey(), each.getValue(), mistakes);
            } else if (!known.contains(each.getKey())) {
                mistakes.add(Mistake.of(each.getKey(), Nearest.unknown("parameter", each.getKey(), known)));
            }
        }
        if (!mistakes.isEmpty()) {
            throw refusal(mistakes);
        }
        return parameters;
    }

    private static ProblemException refusal(List<Mistake> mistakes) {
        boolean key = mistakes.stream()
                .anyMatch(each -> "Idempotency-Key".equals(each.parameter()) && "is required".equals(each.detail()));
        ProblemType type = key ? ProblemType.MISSING_IDEMPOTENCY_KEY : ProblemType.INVALID_PARAMETER;
        Mistake first = mistakes.getFirst();
        String more = mistakes.size() == 1 ? "" : ", and " + (mistakes.size() - 1) + " more";
        return new ProblemException(type, first.parameter() + ": " + first.detail() + more, mistakes);
    }

    private void take(Parameter parameter, List<String> texts, List<Mistake> mistakes) {
        if (texts.size() > 1) {
            mistakes.add(Mistake.of(parameter.name(), "is given " + texts.size() + " times; once is right"));
        } else if (texts.isEmpty()) {
            if (parameter.byDefault() != null) {
                values.put(parameter.name(), parameter.byDefault());
            } else if (parameter.required()) {
                mistakes.add(Mistake.of(parameter.name(), "is required"));
            }
        } else {
            try {
                values.put(parameter.name(), parameter.read(texts.getFirst()));
            } catch (Parameter.Refused e) {
                mistakes.add(Mistake.of(parameter.name(), String.valueOf(e.getMessage())));
            }
        }
    }

    /** One of the names that the contract leaves open. */
    private void take(String name, List<String> texts, List<Mistake> mistakes) {
        if (texts.size() > 1) {
            mistakes.add(Mistake.of(name, "is given " + texts.size() + " times; once is right"));
        } else if (name.length() + texts.getFirst().length() > LONGEST_OPEN) {
            mistakes.add(Mistake.of(name.substring(0, Math.min(60, name.length())), "is too long"));
        } else {
            open.put(name, texts.getFirst());
        }
    }

    /** What was given under names that the contract leaves open. */
    public Map<String, String> open() {
        return Collections.unmodifiableMap(open);
    }

    /** A whole number that is required or has a default. */
    public long number(String name) {
        return (Long) value(name);
    }

    /** A text that is required or has a default. */
    public String text(String name) {
        return (String) value(name);
    }

    public Optional<Long> optionalNumber(String name) {
        return Optional.ofNullable((Long) values.get(name));
    }

    public Optional<String> optionalText(String name) {
        return Optional.ofNullable((String) values.get(name));
    }

    private Object value(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("the contract has no required parameter " + name + " here");
        }
        return value;
    }
}
