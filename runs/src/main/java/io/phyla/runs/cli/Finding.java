package io.phyla.runs.cli;

import java.util.concurrent.Callable;

/** One thing the doctor looked at. */
record Finding(Verdict verdict, String subject, String detail) {
    enum Verdict {
        OK,
        /** Something optional is missing. */
        NOTE,
        FAILED
    }

    static Finding ok(String subject, String detail) {
        return new Finding(Verdict.OK, subject, detail);
    }

    static Finding note(String subject, String detail) {
        return new Finding(Verdict.NOTE, subject, detail);
    }

    static Finding failed(String subject, String detail) {
        return new Finding(Verdict.FAILED, subject, detail);
    }

    /** What the check answers, or why it could not: native libraries fail with errors, not only with exceptions. */
    static Finding of(String subject, Callable<String> check) {
        try {
            return ok(subject, check.call());
        } catch (Exception | LinkageError e) {
            return failed(subject, e.toString());
        }
    }

    @Override
    public String toString() {
        return "%-6s  %-14s  %s".formatted(verdict, subject, detail);
    }
}
