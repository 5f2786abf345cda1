package io.phyla.search.strategy;

/** Which results a proposal may know, so that their order of arrival never matters. */
public enum Visibility {
    /** All but the newest {@code window}. */
    SLIDING {
        @Override
        public long visible(long number, int window) {
            return Math.max(0, number - window);
        }
    },
    /** Those of earlier generations of {@code window} proposals. */
    GENERATIONAL {
        @Override
        public long visible(long number, int window) {
            return number / window * window;
        }
    };

    /** Number of the first result that proposal {@code number} must not know. */
    public abstract long visible(long number, int window);
}
