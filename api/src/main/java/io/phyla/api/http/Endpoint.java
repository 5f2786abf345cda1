package io.phyla.api.http;

/** Code behind an operation of the contract. It runs on a thread of its own and may block. */
@FunctionalInterface
public interface Endpoint {

    /** @throws io.phyla.api.problem.ProblemException if the call cannot be answered as hoped */
    Reply answer(Call call);
}
