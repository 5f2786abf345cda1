package io.phyla.evaluators.onnx;

import java.util.List;
import java.util.stream.Collectors;

/** A model that cannot become a network, and everything found that is in the way. */
public final class OnnxException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient List<Fault> faults;

    public OnnxException(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining("; ")));
        this.faults = List.copyOf(faults);
    }

    /** At least one, in the order of the model's nodes. */
    public List<Fault> faults() {
        return faults;
    }
}
