package io.phyla.api.search;

import io.phyla.api.problem.ProblemException;
import io.phyla.api.problem.ProblemType;
import io.phyla.search.port.Identifiers;
import io.phyla.spaces.Key;
import io.phyla.storage.query.Idempotency;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes one thing for each Idempotency-Key. The key is written down with the future thing's identifier before the thing is:
 * whenever the process dies in between, the repeated request makes exactly the thing that was promised.
 */
public final class Once {

    private final Idempotency idempotency;
    private final ReentrantLock one = new ReentrantLock();

    public Once(Idempotency idempotency) {
        this.idempotency = idempotency;
    }

    /**
     * What a key stands for, made if it is not there.
     *
     * @param what a noun, for people
     * @param request what was asked for, as it was sent: what a default or a name of data means may change between a
     *     request and its repetition
     * @param find a thing by its identifier
     * @param make makes the thing under an identifier
     */
    public <T> T findOrMake(
            String key, String what, String request, Function<String, Optional<T>> find, Consumer<String> make) {
        String hash = Key.of(request.getBytes(StandardCharsets.UTF_8)).toString();
        one.lock();
        try {
            String id = promised(key, what, hash, Identifiers::fresh);
            return find.apply(id).orElseGet(() -> {
                make.accept(id);
                return find.apply(id)
                        .orElseThrow(() -> new IllegalStateException(what + " " + id + " was made and is not there"));
            });
        } finally {
            one.unlock();
        }
    }

    /**
     * Takes a key for something that is known by its content, which is made once whatever its key.
     *
     * @param id of the thing
     */
    public void claim(String key, String what, String request, String id) {
        String hash = Key.of(request.getBytes(StandardCharsets.UTF_8)).toString();
        one.lock();
        try {
            promised(key, what, hash, () -> id);
        } finally {
            one.unlock();
        }
    }

    private String promised(String key, String what, String hash, Supplier<String> identifier) {
        Optional<Idempotency.Use> use = idempotency.find(key);
        if (use.isEmpty()) {
            String fresh = identifier.get();
            idempotency.remember(key, new Idempotency.Use(hash, fresh));
            return fresh;
        }
        if (!use.get().bodyHash().equals(hash)) {
            throw new ProblemException(
                    ProblemType.IDEMPOTENCY_MISMATCH,
                    "this key started " + what + " " + use.get().madeId() + " with another document");
        }
        return use.get().madeId();
    }
}
