package io.phyla.evaluators.onnx;

import io.phyla.evaluators.engine.Parameter.Role;
import io.phyla.evaluators.onnx.Expression.Moment;
import io.phyla.evaluators.onnx.Expression.Moment.Step;
import io.phyla.evaluators.onnx.Value.Origin;
import io.phyla.evaluators.onnx.Value.Signal;
import io.phyla.evaluators.onnx.view.Atom;
import io.phyla.evaluators.onnx.view.View;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Means, and layer normalisation written out as (x - mean(x)) / sqrt(mean((x - mean(x))^2) + epsilon), which is how it was
 * exported before it was an operator.
 */
final class Moments {

    private Moments() {}

    static Value mean(Operation operation) throws Refusal {
        Signal of = operation.signal(0);
        long[] axes = axes(operation, of);
        boolean kept = operation.attributes().integer("keepdims", 1) != 0;
        List<Integer> dims = Arrays.stream(axes).mapToInt(axis -> (int) axis).sorted().boxed().distinct().toList();
        View reduced = reduced(of.view(), dims, kept);
        if (of.expression() instanceof Moment squared && squared.step() == Step.SQUARED && squared.dims().equals(dims)) {
            return operation.express(new Moment(Step.VARIANCE, squared.of(), dims, 0), reduced);
        }
        return operation.express(new Moment(Step.MEAN, of, dims, 0), reduced);
    }

    private static long[] axes(Operation operation, Signal of) throws Refusal {
        long[] given = operation.attributes().integers("axes");
        if (given == null && operation.given(1)) {
            given = operation.whole(1);
        }
        operation.attributes().only("noop_with_empty_axes", 0);
        if (given == null || given.length == 0) {
            throw new Refusal("it takes the mean over the batch, too");
        }
        long[] dims = new long[given.length];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = operation.dim(given[i], of);
        }
        return dims;
    }

    private static View reduced(View view, List<Integer> dims, boolean kept) {
        return new View(IntStream.range(0, view.dims().size())
                .filter(i -> kept || !dims.contains(i))
                .mapToObj(i -> dims.contains(i) ? List.<Atom>of() : view.dims().get(i))
                .toList());
    }

    static Value subtract(Operation operation, Signal from, Signal what) throws Refusal {
        if (what.expression() instanceof Moment mean
                && mean.step() == Step.MEAN
                && mean.of().expression().equals(from.expression())
                && mean.of().view().equals(from.view())
                && what.view().equals(reduced(from.view(), mean.dims(), true))) {
            return operation.express(new Moment(Step.CENTERED, from, mean.dims(), 0), from.view());
        }
        throw new Refusal("there is no layer for a difference of two computed tensors");
    }

    static boolean square(Signal a, Signal b) {
        return a.expression() instanceof Moment moment && moment.step() == Step.CENTERED && moment.equals(b.expression());
    }

    static Value squared(Operation operation, Signal centered) throws Refusal {
        Moment moment = (Moment) centered.expression();
        return operation.express(new Moment(Step.SQUARED, moment.of(), moment.dims(), 0), centered.view());
    }

    static Value power(Operation operation) throws Refusal {
        Signal of = operation.signal(0);
        double exponent = operation.scalar(1);
        if (exponent == 2) {
            return of.expression() instanceof Moment moment && moment.step() == Step.CENTERED
                    ? squared(operation, of)
                    : operation.express(new Expression.Product(of.expression(), of.expression()), of.view());
        }
        throw new Refusal("there is no layer for the power of " + exponent + "; 2 can be read");
    }

    static Value root(Operation operation) throws Refusal {
        Signal of = operation.signal(0);
        Form form = Form.of(of.expression());
        if (form.scale() == 1 && form.core() instanceof Moment moment && moment.step() == Step.VARIANCE) {
            return operation.express(
                    new Moment(Step.DEVIATION, moment.of(), moment.dims(), form.shift()), of.view());
        }
        throw new Refusal("there is no layer for a square root outside of a normalisation");
    }

    static Value divide(Operation operation, Signal numerator, Signal denominator) throws Refusal {
        if (numerator.expression() instanceof Moment centered
                && denominator.expression() instanceof Moment deviation
                && centered.step() == Step.CENTERED
                && deviation.step() == Step.DEVIATION
                && centered.of().equals(deviation.of())
                && centered.dims().equals(deviation.dims())
                && denominator.view().equals(reduced(numerator.view(), centered.dims(), true))) {
            return normalized(operation, centered, deviation.epsilon());
        }
        throw new Refusal("there is no layer for a quotient of two computed tensors");
    }

    private static Value normalized(Operation operation, Moment centered, double epsilon) throws Refusal {
        int dims = centered.of().view().dims().size();
        int first = centered.dims().getFirst();
        List<Integer> toTheEnd = IntStream.range(first, dims).boxed().toList();
        Normalized normalized = Normalized.over(operation, centered.of(), first);
        if (!centered.dims().equals(toTheEnd)) {
            throw new Refusal("there is no layer that normalises over the dimensions " + centered.dims());
        }
        float[] scale = new float[normalized.shape().channels()];
        Arrays.fill(scale, 1);
        return operation.add(
                normalized.layer(epsilon),
                Operation.tensors(Role.SCALE, scale, Role.SHIFT, new float[scale.length]),
                normalized.view(),
                normalized.from());
    }

    /** A mean by itself is a layer if it is over whole maps. */
    static int layer(Moment moment, Settling settling, Assembly assembly, Origin origin) throws Refusal {
        int from = settling.layer(moment.of());
        Shape shape = assembly.shape(from);
        View view = moment.of().view();
        View rest = reduced(view, moment.dims(), true);
        View means = new View(moment.dims().stream().map(view.dims()::get).toList());
        boolean maps = rest.parts().equals(View.channels(shape))
                && means.elements() == (long) shape.height() * shape.width();
        if (moment.step() != Step.MEAN || !maps) {
            throw new Refusal("there is no layer for a " + (moment.step() == Step.MEAN ? "mean" : "moment") + " of "
                    + shape + " seen as " + view + " over the dimensions "
                    + moment.dims().stream().map(dim -> dim + 1).toList() + "; a mean over height and width can be read");
        }
        return assembly.add(origin.layer(), new Layer.GlobalPooling(), from);
    }
}
