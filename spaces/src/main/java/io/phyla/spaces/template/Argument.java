package io.phyla.spaces.template;

import java.util.List;

/** A member of a layer to be built, checked as far as can be before there is a genome. */
sealed interface Argument {

    /** Always the same, as the layer's component takes it. */
    record Known(Object value) implements Argument {}

    /** One per option of a decision. */
    record ByDecision(int decision, List<Object> values) implements Argument {}

    /** Depends on shapes or on several decisions. */
    record Late(Source source, Member member) implements Argument {}
}
