package io.phyla.spaces.template;

/** How large a document and what it stands for may be; each is checked before the memory or time is spent. */
final class Limits {

    /** Characters of the document, written without blanks. */
    static final int CHARACTERS = 4 << 20;

    /** Objects and arrays inside one another: less than JSON may have, as a search has the document deep inside. */
    static final int NESTING = 56;

    static final int DECISIONS = 1000;
    static final int OPTIONS = 256;
    static final int REPETITIONS = 100;
    static final int BLOCKS = 100;

    /** Blocks that use blocks that use blocks. */
    static final int BLOCK_DEPTH = 16;

    /** Items of one sequence. */
    static final int ITEMS = 1000;

    /** Items once every repetition, alternative and block is written out. */
    static final int UNROLLED = 50_000;

    /** Options of all values that decisions give, once everything is written out. */
    static final int VALUES = 1_000_000;

    /** Characters of the names in front of a layer or decision. */
    static final int PATH = 500;

    /** Layers of one network. */
    static final int LAYERS = 10_000;

    /** Elements of one layer's output for one sample. */
    static final long ELEMENTS = 1L << 26;

    /** Learned numbers of one network. */
    static final long PARAMETERS = 1_000_000_000;

    static final int CONSTRAINTS = 16;
    static final int NAME = 60;

    private Limits() {}
}
