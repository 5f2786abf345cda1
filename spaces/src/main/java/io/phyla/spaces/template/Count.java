package io.phyla.spaces.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many items a template has at least once it is written out: found by counting, however many there are. What a parameter
 * decides counts as little as it can.
 */
final class Count {

    private static final long MANY = 1_000_000_000;

    private final Template template;
    private final Map<String, Long> blocks = new HashMap<>();

    private Count(Template template) {
        this.template = template;
    }

    /** The first item behind which there are more than may be; null if it is not known that there are. */
    static @Nullable Item excess(Template template) {
        Count count = new Count(template);
        long all = 0;
        for (Item item : template.layers()) {
            all += count.item(item);
            if (all > Limits.UNROLLED) {
                return item;
            }
        }
        return null;
    }

    private long sum(List<Item> items) {
        long sum = 0;
        for (Item item : items) {
            sum = Math.min(MANY, sum + item(item));
        }
        return sum;
    }

    private long item(Item item) {
        Item.Guard when = item.head().when();
        if (when != null && when.subject() instanceof Value.Parameter) {
            return 1;
        }
        return switch (item) {
            case Item.OfLayer _, Item.OfOriginal _ -> 1;
            case Item.OfBlock block -> 1 + block(block.block());
            case Item.OfChoice choice -> 1 + (choice.by() instanceof Value.Parameter ? 0 : sum(choice.alternatives()));
            case Item.OfRepeat repeat -> Math.min(MANY, 1 + most(repeat.count()) * (1 + sum(repeat.layers())));
            case Item.OfSequence sequence -> 1 + sum(sequence.layers());
            case Item.OfResidual residual -> 1 + sum(residual.layers());
            case Item.OfModel model -> {
                long all = model.cut().nodes().size();
                for (Item.Replacement replacement : model.replacements()) {
                    all += replacement.layers().size() * sum(replacement.with());
                }
                yield Math.min(MANY, all);
            }
        };
    }

    private long block(String name) {
        Long known = blocks.get(name);
        if (known == null) {
            Template.Block block = template.blocks().get(name);
            known = block == null ? 0 : sum(block.layers());
            blocks.put(name, known);
        }
        return known;
    }

    private long most(Value count) {
        return switch (count) {
            case Value.Literal literal -> literal.json().asLong();
            case Value.Choice choice -> most(choice.options());
            case Value.Decided decided -> {
                Template.Shared shared = template.decisions().get(decided.decision());
                yield shared == null ? 0 : most(shared.options());
            }
            case Value.Parameter _, Value.Dimension _, Value.Arithmetic _ -> 0;
        };
    }

    private static long most(List<JsonNode> options) {
        long most = 0;
        for (JsonNode option : options) {
            most = Math.max(most, Math.min(Limits.REPETITIONS, option.asLong()));
        }
        return most;
    }
}
