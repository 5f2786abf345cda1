package io.phyla.storage.query;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Pages from one row more than was asked for. */
public final class Pages {

    private Pages() {}

    public static <R, T> Page<T> cut(List<R> rows, int limit, Function<R, T> item, Function<R, String> cursor) {
        List<R> kept = rows.size() > limit ? rows.subList(0, limit) : rows;
        return new Page<>(
                kept.stream().map(item).toList(),
                rows.size() > limit ? Optional.of(cursor.apply(kept.getLast())) : Optional.empty());
    }
}
