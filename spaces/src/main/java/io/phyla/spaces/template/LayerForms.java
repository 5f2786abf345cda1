package io.phyla.spaces.template;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.schema.Json;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Every layer of the engine as documents write it: operations, members and types are those of {@link Layer}; bounds, defaults
 * and descriptions stand here.
 */
final class LayerForms {

    private static final int MOST_CHANNELS = 65_536;
    private static final int LARGEST_WINDOW = 256;
    private static final int MOST_INPUTS = 64;

    /** By member; one of a single operation stands under {@code operation.member}. */
    private static final Map<String, Trait> TRAITS = Map.ofEntries(
            Map.entry("channels", Trait.of(1, MOST_CHANNELS, "Output channels.")),
            Map.entry("features", Trait.of(1, MOST_CHANNELS, "Output features.")),
            Map.entry("kernel", Trait.of(1, LARGEST_WINDOW, "Height and width of the window.")),
            Map.entry(
                    "stride", Trait.of(1, LARGEST_WINDOW, "Step of the window.").or("1")),
            Map.entry(
                    "pooling.stride",
                    Trait.of(1, LARGEST_WINDOW, "Step of the window.").or("\"kernel\"", LayerForm.KERNEL)),
            Map.entry(
                    "padding",
                    Trait.of(0, LARGEST_WINDOW, "Zeros on either side; same keeps the size at stride 1.")
                            .or("\"same\"", LayerForm.SAME)),
            Map.entry(
                    "output_padding",
                    Trait.of(
                                    0,
                                    LARGEST_WINDOW,
                                    "Rows and columns added at the end; same makes the "
                                            + "output stride times as large as the input.")
                            .or("\"same\"", LayerForm.SAME)),
            Map.entry(
                    "dilation",
                    Trait.of(1, LARGEST_WINDOW, "Distance between the window's elements.")
                            .or("1")),
            Map.entry(
                    "groups",
                    Trait.of(1, MOST_CHANNELS, "Groups of channels that do not mix.")
                            .or("1")),
            Map.entry(
                    "bias",
                    Trait.of(0, 1, "Whether a learned number is added to each channel.")
                            .or("false")),
            Map.entry(
                    "linear.bias",
                    Trait.of(0, 1, "Whether a learned number is added to each feature.")
                            .or("true")),
            Map.entry("epsilon", Trait.of(0, 1, "Added to the variance.").or("1e-5")),
            Map.entry(
                    "momentum",
                    Trait.of(0, 1, "Share of a new batch in the moving averages.")
                            .or("0.1")),
            Map.entry("function", Trait.of(0, 0, "The element-wise function.").or("\"relu\"")),
            Map.entry(
                    "slope", Trait.of(-1000, 1000, "Factor of negative values.").or("0.01")),
            Map.entry(
                    "heads",
                    Trait.of(1, MOST_CHANNELS, "Matrices multiplied side by side.")
                            .or("1")),
            Map.entry(
                    "transposed",
                    Trait.of(0, 1, "Whether the second matrix is transposed.").or("false")),
            Map.entry(
                    "scale",
                    Trait.of(
                                    -1e6,
                                    1e6,
                                    "Factor of the product; auto is 1/sqrt(channels per head) for a "
                                            + "transposed product, else 1.")
                            .or("\"auto\"", LayerForm.AUTO)),
            Map.entry("kind", Trait.of(0, 0, "How a window becomes one number.")),
            Map.entry(
                    "upsample.kind",
                    Trait.of(0, 0, "Where a new pixel comes from.").or("\"nearest\"")),
            Map.entry(
                    "count_padding",
                    Trait.of(0, 1, "Whether an average counts the padding.").or("false")),
            Map.entry(
                    "top",
                    Trait.of(-MOST_CHANNELS, MOST_CHANNELS, "Rows of zeros above; negative cuts.")
                            .or("0")),
            Map.entry(
                    "bottom",
                    Trait.of(-MOST_CHANNELS, MOST_CHANNELS, "Rows of zeros below; negative cuts.")
                            .or("0")),
            Map.entry(
                    "left",
                    Trait.of(-MOST_CHANNELS, MOST_CHANNELS, "Columns of zeros before; negative cuts.")
                            .or("0")),
            Map.entry(
                    "right",
                    Trait.of(-MOST_CHANNELS, MOST_CHANNELS, "Columns of zeros after; negative cuts.")
                            .or("0")),
            Map.entry("factor", Trait.of(1, LARGEST_WINDOW, "How many times larger the map becomes.")),
            Map.entry("probability", Trait.of(0, 0.999, "Share of elements that are zero in training.")));

    private static final Map<String, LayerForm> FORMS = forms();

    private LayerForms() {}

    /** By operation; a document has one input of its own, so that {@code input} is none of them. */
    static Map<String, LayerForm> all() {
        return FORMS;
    }

    private static Map<String, LayerForm> forms() {
        Map<String, LayerForm> forms = new TreeMap<>();
        for (JsonSubTypes.Type type : Objects.requireNonNull(Layer.class.getAnnotation(JsonSubTypes.class))
                .value()) {
            if (type.value() == Layer.Program.class) {
                forms.put(type.name(), ProgramForm.FORM);
            } else if (type.value() != Layer.Input.class) {
                forms.put(type.name(), form(type.name(), type.value()));
            }
        }
        return forms;
    }

    private static LayerForm form(String op, Class<?> type) {
        List<Member> members = new ArrayList<>();
        RecordComponent[] components = Objects.requireNonNull(type.getRecordComponents());
        for (RecordComponent component : components) {
            String name = Json.name(component.getName());
            Trait trait = TRAITS.getOrDefault(op + "." + name, TRAITS.get(name));
            members.add(member(name, component.getType(), Objects.requireNonNull(trait, op + "." + name)));
        }
        boolean many = type == Layer.Add.class || type == Layer.Concat.class;
        boolean two = type == Layer.Multiply.class || type == Layer.MatrixProduct.class;
        return new LayerForm(
                op,
                List.copyOf(members),
                maker(op, type, components),
                many || two ? 2 : 1,
                many ? MOST_INPUTS : two ? 2 : 1);
    }

    private static Member member(String name, Class<?> type, Trait trait) {
        List<String> words = type.isEnum()
                ? Arrays.stream(type.getEnumConstants())
                        .map(each -> Json.name(((Enum<?>) each).name()))
                        .toList()
                : trait.word() == null ? List.of() : List.of(trait.word());
        return new Member(name, type, trait.min(), trait.max(), words, trait.byDefault(), trait.description());
    }

    /** The record's constructor. */
    private static LayerForm.Maker maker(String op, Class<?> type, RecordComponent[] components) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return values -> make(op, constructor, values);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every record has a canonical constructor", e);
        }
    }

    private static Layer make(String op, Constructor<?> constructor, Object[] values) {
        try {
            return (Layer) constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(
                    String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(op + " cannot be made", e);
        }
    }

    private record Trait(
            double min,
            double max,
            String description,
            @Nullable JsonNode byDefault,
            @Nullable String word) {

        static Trait of(double min, double max, String description) {
            return new Trait(min, max, description, null, null);
        }

        Trait or(String byDefault) {
            return new Trait(min, max, description, json(byDefault), word);
        }

        Trait or(String byDefault, String word) {
            return new Trait(min, max, description, json(byDefault), word);
        }

        private static JsonNode json(String text) {
            try {
                return Json.MAPPER.readTree(text);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a default is no JSON: " + text, e);
            }
        }
    }
}
