package io.phyla.spaces.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.phyla.spaces.design.Network.Node;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkTest {

    private static final Node IMAGE = new Node("image", new Layer.Input(new Shape(4, 9, 7)), List.of());

    @ParameterizedTest
    @MethodSource("layers")
    void infersTheShape(Layer layer, Shape shape) {
        assertThat(Network.of(List.of(IMAGE, new Node("layer", layer, List.of(0))))
                        .output())
                .isEqualTo(shape);
    }

    static Stream<Arguments> layers() {
        return Stream.of(
                Arguments.of(Layer.Convolution.of(6, 3, 2, 1), new Shape(6, 5, 4)),
                Arguments.of(new Layer.Convolution(8, 3, 1, 2, 2, 4, true), new Shape(8, 9, 7)),
                Arguments.of(Layer.Convolution.of(1, 7, 1, 0), new Shape(1, 3, 1)),
                Arguments.of(Layer.Pooling.average(2, 2, 0), new Shape(4, 4, 3)),
                Arguments.of(Layer.Pooling.average(3, 1, 1), new Shape(4, 9, 7)),
                Arguments.of(new Layer.GlobalPooling(), new Shape(4, 1, 1)),
                Arguments.of(new Layer.Linear(10, true), new Shape(10, 1, 1)),
                Arguments.of(new Layer.Zero(), new Shape(4, 9, 7)),
                Arguments.of(Layer.Activation.RELU, new Shape(4, 9, 7)),
                Arguments.of(Layer.BatchNormalization.DEFAULT, new Shape(4, 9, 7)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void saysWhichLayerDoesNotFit(Layer layer, List<Integer> inputs, String fault) {
        Node small = new Node("small", Layer.Pooling.average(2, 2, 0), List.of(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Network.of(List.of(IMAGE, small, new Node("layer", layer, inputs))))
                .withMessageContaining("layer 'layer'")
                .withMessageContaining(fault);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(new Layer.Input(new Shape(1, 1, 1)), List.of(), "no other, is the input"),
                Arguments.of(new Layer.Add(), List.of(0), "at least two inputs"),
                Arguments.of(new Layer.Add(), List.of(0, 1), "shapes differ: 4x9x7 and 4x4x3"),
                Arguments.of(new Layer.Zero(), List.of(0, 0), "exactly one input"),
                Arguments.of(new Layer.Zero(), List.of(2), "earlier layers, not number 2"),
                Arguments.of(new Layer.Zero(), List.of(-1), "earlier layers, not number -1"),
                Arguments.of(new Layer.Pad(Integer.MIN_VALUE, Integer.MAX_VALUE, 0, 0), List.of(0), "nothing is left"),
                Arguments.of(new Layer.Pad(0, 0, -3, -4), List.of(0), "nothing is left"),
                Arguments.of(Layer.Convolution.of(0, 3, 1, 1), List.of(0), "must be positive"),
                Arguments.of(Layer.Convolution.of(4, 3, 1, -1), List.of(0), "padding"),
                Arguments.of(Layer.Convolution.of(4, 8, 1, 0), List.of(0), "window of 8 does not fit 7"),
                Arguments.of(
                        new Layer.Convolution(4, 3, 1, 0, Integer.MAX_VALUE, 1, false), List.of(0), "does not fit"),
                Arguments.of(new Layer.Convolution(6, 3, 1, 1, 1, 3, false), List.of(0), "3 groups do not divide 4"),
                Arguments.of(Layer.Pooling.average(3, 1, 2), List.of(0), "half the kernel"),
                Arguments.of(new Layer.Linear(0, true), List.of(0), "features"));
    }
}
