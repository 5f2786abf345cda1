package io.phyla.evaluators.source;

import io.phyla.evaluators.source.ProgramStatements.Dialect;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Operation.Moment;
import io.phyla.spaces.program.Formula;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A layer program as a Python class, which takes the number of channels and knows the rest. */
final class ProgramClass {

    private static final String REGISTERED = "@keras.saving.register_keras_serializable(package=\"phyla\")\n";

    private final String name;
    private final LayerProgram program;
    private final double momentum;

    /** @param momentum share of a new batch in the moving averages, unless the class is told otherwise */
    ProgramClass(String name, LayerProgram program, double momentum) {
        this.name = name;
        this.program = program;
        this.momentum = momentum;
    }

    /** A module of PyTorch. */
    String torch() {
        ProgramStatements statements = new ProgramStatements(program, Dialect.TORCH);
        StringBuilder text = new StringBuilder(head("", "nn.Module", statements));
        text.append("    def __init__(self, channels, momentum=%s):\n".formatted(PythonNames.number(momentum)));
        text.append("        super().__init__()\n        self.momentum = momentum\n");
        if (statements.grouped()) {
            text.append("        self.groups = group_count(channels, %d)\n".formatted(program.groupSize()));
        }
        initial().forEach((tensor, first) -> {
            String attribute = statements.attributes().get(tensor);
            String filled = "torch.full((channels,), " + PythonNames.number(first) + ")";
            text.append(
                    learned(tensor)
                            ? "        self.%s = nn.Parameter(%s)\n".formatted(attribute, filled)
                            : "        self.register_buffer(\"%s\", %s)\n".formatted(attribute, filled));
        });
        if (!program.batchMoments().isEmpty()) {
            text.append("""

                    def moving(self, average, moment, x):
                        \"""The batch's moment in training, which enters its moving average; the average in evaluation.\"""
                        if not self.training:
                            return per_channel(average)
                        found = moment(x, BATCH).expand(1, average.numel(), 1, 1)
                        with torch.no_grad():
                            average.lerp_(found.reshape(-1).to(average.dtype), self.momentum)
                        return found
                """.indent(0));
        }
        return text.append("\n    def forward(self, x):\n").append(statements.text()).toString();
    }

    /** A layer of Keras, channels last. */
    String keras() {
        ProgramStatements statements = new ProgramStatements(program, Dialect.KERAS);
        StringBuilder text = new StringBuilder(head(REGISTERED, "keras.layers.Layer", statements));
        text.append("    def __init__(self, momentum=%s, **others):\n".formatted(PythonNames.number(momentum)));
        text.append("        super().__init__(**others)\n        self.momentum = momentum\n");
        text.append("\n    def build(self, input_shape):\n        channels = input_shape[-1]\n");
        if (statements.grouped()) {
            text.append("        self.groups = group_count(channels, %d)\n".formatted(program.groupSize()));
        }
        initial().forEach((tensor, first) -> text.append("""
                        self.%s = self.add_weight(
                            name="%s", shape=(channels,), initializer=keras.initializers.Constant(%s)%s
                        )
                """.indent(0)
                .formatted(
                        statements.attributes().get(tensor),
                        tensor,
                        PythonNames.number(first),
                        learned(tensor) ? "" : ", trainable=False")));
        text.append("        super().build(input_shape)\n");
        if (!program.batchMoments().isEmpty()) {
            text.append("""

                    def moving(self, average, moment, x, training):
                        \"""The batch's moment in training, which enters its moving average; the average in evaluation.\"""
                        if not training:
                            return per_channel(average)
                        found = ops.broadcast_to(moment(x, BATCH), (1, 1, 1, average.shape[0]))
                        average.assign(average * (1 - self.momentum) + ops.reshape(found, (-1,)) * self.momentum)
                        return found
                """.indent(0));
        }
        return text.append("\n    def call(self, x, training=False):\n")
                .append(statements.text())
                .append("""

                    def compute_output_shape(self, input_shape):
                        return input_shape

                    def get_config(self):
                        return {**super().get_config(), "momentum": self.momentum}
                """.indent(0))
                .toString();
    }

    private String head(String decorator, String base, ProgramStatements statements) {
        String roles = statements.attributes().entrySet().stream()
                .map(each -> "\"" + each.getKey() + "\": \"" + each.getValue() + "\"")
                .collect(Collectors.joining(", ", "{", "}"));
        return """


            %sclass %s(%s):
                r\"""%s\"""

                EPSILON = %s
                # How the layer's tensors are called in weights, and here.
                ROLES = %s

            """.formatted(decorator, name, base, words(), PythonNames.number(program.epsilon()), roles);
    }

    private String words() {
        return Formula.of(program).text();
    }

    /** Every tensor's first value, in the order of the attributes. */
    private Map<String, Double> initial() {
        Map<String, Double> initial = new LinkedHashMap<>();
        program.vectors().forEach(vector -> initial.put(vector.name(), vector.initial()));
        if (program.affine()) {
            initial.put("scale", 1.0);
            initial.put("shift", 0.0);
        }
        program.batchMoments()
                .forEach(moment -> initial.put(
                        "moment" + moment, program.node(moment).operation().moment() == Moment.MEAN ? 0.0 : 1.0));
        return initial;
    }

    /** Moving averages are not, and neither are vectors that the program does not read, which weights have all the same. */
    private boolean learned(String tensor) {
        boolean[] live = program.live();
        for (int i = 0; i < program.vectors().size(); i++) {
            if (program.vectors().get(i).name().equals(tensor)) {
                return live[LayerProgram.FIRST_VECTOR + i];
            }
        }
        return tensor.equals("scale") || tensor.equals("shift");
    }
}
