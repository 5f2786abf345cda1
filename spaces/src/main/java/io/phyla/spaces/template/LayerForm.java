package io.phyla.spaces.template;

import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Shape;
import java.util.List;

/**
 * How a layer is written: its members, and what makes the layer of their values in this order.
 *
 * @param inputs how many inputs it takes, at least and at most
 */
record LayerForm(String op, List<Member> members, Maker maker, int leastInputs, int mostInputs) {

    /** Makes a layer of a value per member. */
    interface Maker {
        Layer make(Object[] values);
    }

    /** Padding that keeps the size at stride 1, for odd windows. */
    static final String SAME = "same";

    /** The factor under which attention's products have unit variance. */
    static final String AUTO = "auto";

    /** The stride that makes windows touch. */
    static final String KERNEL = "kernel";

    /**
     * The layer.
     *
     * @param values one per member; words are replaced by the numbers they stand for
     * @param input shape of the first input
     */
    Layer build(Object[] values, Shape input) {
        Object[] arguments = values.clone();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] instanceof String word) {
                arguments[i] = resolve(word, members.get(i).name(), arguments, input);
            }
        }
        return maker.make(arguments);
    }

    private Object resolve(String word, String member, Object[] values, Shape input) {
        return switch (word) {
            case KERNEL -> extent("kernel", values);
            case AUTO ->
                flag("transposed", values) ? 1 / Math.sqrt((double) input.channels() / number("heads", values)) : 1.0;
            case ProgramForm.PUBLISHED -> ((LayerProgram) values[index("layer")]).epsilon();
            case SAME -> member.equals("padding") ? same(values) : rest(values);
            default -> throw new IllegalStateException(op + "." + member + " has no word " + word);
        };
    }

    /** Half of what the window reaches beyond its first pixel. */
    private Extent same(Object[] values) {
        Extent window = window(values);
        return new Extent((window.height() - 1) / 2, (window.width() - 1) / 2);
    }

    /** What is missing to stride times the input's size. */
    private Extent rest(Object[] values) {
        Extent window = window(values);
        Extent stride = extent("stride", values);
        Extent padding = extent("padding", values);
        return new Extent(
                Math.max(0, stride.height() - window.height() + 2 * padding.height()),
                Math.max(0, stride.width() - window.width() + 2 * padding.width()));
    }

    private Extent window(Object[] values) {
        Extent kernel = extent("kernel", values);
        Extent dilation = index("dilation") < 0 ? Extent.ONE : extent("dilation", values);
        return new Extent(dilation.height() * (kernel.height() - 1) + 1, dilation.width() * (kernel.width() - 1) + 1);
    }

    private Extent extent(String member, Object[] values) {
        return (Extent) values[index(member)];
    }

    private boolean flag(String member, Object[] values) {
        return (Boolean) values[index(member)];
    }

    private int number(String member, Object[] values) {
        return (Integer) values[index(member)];
    }

    private int index(String member) {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).name().equals(member)) {
                return i;
            }
        }
        return -1;
    }
}
