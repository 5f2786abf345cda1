package io.phyla.evaluators.onnx.view;

import io.phyla.evaluators.onnx.view.Atom.Axis;
import io.phyla.spaces.design.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The dimensions of a tensor, the batch apart, as parts of a map's axes: N,H,W,C is a view of C,H,W and so is N,heads,H*W,
 * C/heads. Reshaping and transposing make views of views, so that two that cancel leave the map as it was and those that a layer
 * stands for are recognised.
 *
 * @param dims for each dimension its parts, the slowest first; none if it has one element
 */
public record View(List<List<Atom>> dims) {

    public View {
        dims = dims.stream().map(View::joined).toList();
    }

    /** C,H,W as they are. */
    public static View map(Shape shape) {
        return new View(List.of(channels(shape), height(shape), width(shape)));
    }

    /** All of a map as one dimension, in the order C,H,W. */
    public static View flat(Shape shape) {
        List<Atom> all = new ArrayList<>(channels(shape));
        all.addAll(height(shape));
        all.addAll(width(shape));
        return new View(List.of(all));
    }

    /** C and W of a map one pixel high. */
    public static View sequence(Shape shape) {
        return new View(List.of(channels(shape), width(shape)));
    }

    /** A map as so many dimensions usually see it: N,C,H,W, N,C,W or N,C. */
    public static View usual(Shape shape, int dims) {
        return switch (dims) {
            case 1 -> flat(shape);
            case 2 -> sequence(shape);
            default -> map(shape);
        };
    }

    /** All channels. */
    public static List<Atom> channels(Shape shape) {
        return part(Axis.CHANNEL, shape.channels());
    }

    private static List<Atom> height(Shape shape) {
        return part(Axis.HEIGHT, shape.height());
    }

    private static List<Atom> width(Shape shape) {
        return part(Axis.WIDTH, shape.width());
    }

    private static List<Atom> part(Axis axis, int size) {
        return size == 1 ? List.of() : List.of(new Atom(axis, 1, size));
    }

    private static List<Atom> joined(List<Atom> parts) {
        List<Atom> joined = new ArrayList<>();
        for (Atom part : parts) {
            if (part.size() == 1) {
                continue;
            }
            if (!joined.isEmpty() && joined.getLast().joins(part)) {
                joined.add(joined.removeLast().join(part));
            } else {
                joined.add(part);
            }
        }
        return List.copyOf(joined);
    }

    public long size(int dim) {
        return dims.get(dim).stream().mapToLong(Atom::size).reduce(1, Math::multiplyExact);
    }

    public List<Long> sizes() {
        List<Long> sizes = new ArrayList<>();
        for (int i = 0; i < dims.size(); i++) {
            sizes.add(size(i));
        }
        return sizes;
    }

    public long elements() {
        return sizes().stream().reduce(1L, Math::multiplyExact);
    }

    /** All parts in the order of memory, the slowest first. */
    public List<Atom> parts() {
        return joined(dims.stream().flatMap(List::stream).toList());
    }

    /** Whether the elements follow one another as in C,H,W, however many dimensions they are divided into. */
    public boolean ordered(Shape shape) {
        return parts().equals(flat(shape).parts());
    }

    /**
     * The same elements in the same order under other dimensions.
     *
     * @return nothing if a part would have to be divided into what does not divide it
     */
    public Optional<View> reshape(List<Long> sizes) {
        Deque<Atom> rest = new ArrayDeque<>(parts());
        List<List<Atom>> reshaped = new ArrayList<>();
        for (long size : sizes) {
            List<Atom> parts = new ArrayList<>();
            long left = size;
            while (left > 1) {
                Atom next = rest.poll();
                if (next == null || left < 1) {
                    return Optional.empty();
                }
                if (left % next.size() == 0) {
                    parts.add(next);
                    left /= next.size();
                } else if (next.size() % left == 0) {
                    parts.add(next.outer((int) left));
                    rest.push(next.inner((int) left));
                    left = 1;
                } else {
                    return Optional.empty();
                }
            }
            reshaped.add(parts);
        }
        return rest.isEmpty() ? Optional.of(new View(reshaped)) : Optional.empty();
    }

    /** @param order which dimension comes first, which second */
    public View transpose(List<Integer> order) {
        return new View(order.stream().map(dims::get).toList());
    }

    /** With one dimension in place of another. */
    public View with(int dim, List<Atom> parts) {
        List<List<Atom>> changed = new ArrayList<>(dims);
        changed.set(dim, parts);
        return new View(changed);
    }

    /** For each element in the view's order, its place in C,H,W. */
    public int[] places(Shape shape) {
        int[] places = {0};
        for (Atom part : parts()) {
            int step = Math.multiplyExact(part.stride(), step(part.axis(), shape));
            int[] finer = new int[Math.multiplyExact(places.length, part.size())];
            for (int i = 0; i < finer.length; i++) {
                finer[i] = places[i / part.size()] + i % part.size() * step;
            }
            places = finer;
        }
        return places;
    }

    private static int step(Axis axis, Shape shape) {
        return switch (axis) {
            case CHANNEL -> Math.multiplyExact(shape.height(), shape.width());
            case HEIGHT -> shape.width();
            case WIDTH -> 1;
        };
    }

    @Override
    public String toString() {
        return "N" + String.join("", sizes().stream().map(size -> "x" + size).toList());
    }
}
