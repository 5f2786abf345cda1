package io.phyla.spaces.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.phyla.spaces.schema.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes a template out: every repetition, block and alternative becomes steps and decisions of its own. */
final class Expansion {

    /** What a residual itself adds beside its layers. */
    private static final Set<String> RESERVED = Set.of("add", "shortcut");

    private final Binding binding;
    private final Set<String> names = new HashSet<>();
    private int slots;
    private int items;

    private Expansion(Binding binding) {
        this.binding = binding;
    }

    /** What came of it. */
    record Program(Step step, int slots, DecisionList decisions) {}

    /** @return null if and only if there are problems */
    static @Nullable Program of(Template template, List<Problem> problems) {
        Item excess = Count.excess(template);
        if (excess != null) {
            problems.add(new Problem(excess.head().pointer(), tooMany()));
            return null;
        }
        Binding binding = new Binding(template, problems);
        Expansion expansion = new Expansion(binding);
        try {
            Scope scope = new Scope("", Condition.ALWAYS, Map.of(), new Scope.Slots(null), null, 0, null);
            Step step = expansion.run(Step.Flow.STRAIGHT, template.layers(), scope, false);
            if (problems.isEmpty() && binding.decisions().all().isEmpty()) {
                binding.wrong("", "nothing is left to decide; give at least one value as {\"choice\": [...]}");
            }
            return problems.isEmpty() ? new Program(step, expansion.slots, binding.decisions()) : null;
        } catch (TooLarge e) {
            binding.wrong(e.pointer(), String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** @param collapse whether a single item without a name stands for the whole sequence */
    private Step run(Step.Flow flow, List<Item> sequence, Scope outer, boolean collapse) {
        Scope scope = outer.with(new Scope.Slots(outer.slots()));
        int entry = slots++;
        scope.slots().put("input", entry);
        List<String> called = Sequences.names(sequence, collapse ? Set.of() : RESERVED);
        List<Step> steps = new ArrayList<>();
        boolean alone =
                collapse && sequence.size() == 1 && sequence.getFirst().head().name() == null;
        for (int i = 0; i < sequence.size(); i++) {
            Item item = sequence.get(i);
            String path = alone ? scope.path() : scope.path(called.get(i));
            String name = item.head().name();
            int slot = name == null ? Step.TOP : slots++;
            Step step = item(item, path, scope, slot);
            if (step != null) {
                steps.add(step);
            }
            if (name != null) {
                scope.slots().put(name, slot);
            }
        }
        return new Step.Run(flow, entry, steps);
    }

    private void count(Scope scope, String pointer) {
        if (++items > Limits.UNROLLED) {
            throw new TooLarge(scope.pointer(pointer), tooMany());
        }
        if (scope.path().length() > Limits.PATH) {
            throw new TooLarge(
                    scope.pointer(pointer),
                    "the names around this item have more than " + Limits.PATH
                            + " characters in all; use shorter ones");
        }
    }

    private static String tooMany() {
        return "written out, the template has more than " + Limits.UNROLLED
                + " items; repeat less or use blocks less often";
    }

    /** An item under its condition; null if it never exists. */
    private @Nullable Step item(Item item, String path, Scope scope, int slot) {
        Item.Head head = item.head();
        count(scope, head.pointer());
        int from = head.inputs() == null || head.inputs().size() != 1
                ? Step.TOP
                : scope.slots().get(head.inputs().getFirst());
        Step.Flow flow = new Step.Flow(from, slot);
        Item.Guard when = head.when();
        if (when == null) {
            return plain(item, path, scope, flow);
        }
        Source subject = binding.bind(when.subject(), scope, path, scope.path(), Step.TOP);
        Step through = new Step.Run(flow, slots++, List.of());
        return switch (subject) {
            case null -> null;
            case Source.Constant constant ->
                Binding.holding(when, List.of(constant.json())).isEmpty() ? through : plain(item, path, scope, flow);
            case Source.OfDecision decided -> guarded(item, path, scope, flow, decided, through);
            case Source.Measured _, Source.Computed _ -> {
                binding.wrong(scope.pointer(when.pointer()), "a condition depends on one decision, not on shapes");
                yield null;
            }
        };
    }

    private @Nullable Step guarded(
            Item item, String path, Scope scope, Step.Flow flow, Source.OfDecision decided, Step through) {
        if (!binding.known(decided, scope)) {
            return null;
        }
        Set<Integer> options =
                Binding.holding(Objects.requireNonNull(item.head().when()), decided.options());
        Condition inner = binding.decisions().and(scope.condition(), decided.decision(), options);
        if (inner == null) {
            return through;
        }
        Step step = plain(item, path, scope.under(inner), new Step.Flow(Step.TOP, Step.TOP));
        binding.spend(decided.options(), scope.pointer(item.head().pointer()));
        List<Boolean> holds = new ArrayList<>();
        for (int option = 0; option < decided.options().size(); option++) {
            holds.add(options.contains(option));
        }
        return step == null ? null : new Step.Guarded(flow, decided.decision(), holds, step);
    }

    private @Nullable Step plain(Item item, String path, Scope scope, Step.Flow flow) {
        return switch (item) {
            case Item.OfLayer layer -> layer(layer, path, scope, flow);
            case Item.OfBlock block -> block(block, path, scope, flow);
            case Item.OfChoice choice -> choice(choice, path, scope, flow);
            case Item.OfRepeat repeat -> repeat(repeat, path, scope, flow);
            case Item.OfSequence sequence -> run(flow, sequence.layers(), scope.at(path), true);
            case Item.OfResidual residual -> {
                String pointer = scope.pointer(residual.head().pointer());
                for (String own : List.of(".add", ".shortcut.convolution", ".shortcut.norm")) {
                    name(path + own, pointer);
                }
                Step body = run(Step.Flow.STRAIGHT, residual.layers(), scope.at(path), false);
                yield new Step.AddShortcut(flow, path, pointer, residual.project(), body);
            }
            case Item.OfModel model -> model(model, path, scope, flow);
            case Item.OfOriginal original -> {
                Scope.Original it = Objects.requireNonNull(scope.original());
                name(it.name(), original.head().pointer());
                yield new Step.AddReady(
                        flow,
                        it.name(),
                        original.head().pointer(),
                        it.layer(),
                        it.inputs().size() > 1 ? it.inputs() : List.of());
            }
        };
    }

    private void name(String name, String pointer) {
        if (!names.add(name)) {
            binding.wrong(pointer, "another layer is called '" + name + "'; give one of them a name of its own");
        }
    }

    private @Nullable Step layer(Item.OfLayer item, String path, Scope scope, Step.Flow flow) {
        String pointer = scope.pointer(item.head().pointer());
        name(path, pointer);
        List<Argument> arguments = new ArrayList<>();
        for (int i = 0; i < item.values().size(); i++) {
            Member member = item.form().members().get(i);
            Source source =
                    binding.bind(item.values().get(i), scope, path + '.' + member.name(), scope.path(), Step.TOP);
            Argument argument = source == null ? null : binding.argument(source, member, scope);
            if (argument != null) {
                arguments.add(argument);
            }
        }
        List<String> given = item.head().inputs();
        List<Integer> inputs = given == null || given.size() == 1
                ? List.of()
                : given.stream().map(scope.slots()::get).toList();
        return arguments.size() < item.values().size()
                ? null
                : new Step.AddLayer(flow, path, pointer, item.form(), arguments, inputs);
    }

    private @Nullable Step block(Item.OfBlock item, String path, Scope scope, Step.Flow flow) {
        Template.Block block = binding.block(item.block());
        String pointer = scope.pointer(item.head().pointer());
        if (scope.blocks() >= Limits.BLOCK_DEPTH) {
            throw new TooLarge(pointer, "blocks use blocks more than " + Limits.BLOCK_DEPTH + " deep");
        }
        int entry = slots++;
        Map<String, Source> arguments = new TreeMap<>();
        item.arguments().forEach((parameter, value) -> {
            Source source = binding.bind(value, scope, path + '.' + parameter, scope.path(), entry);
            if (source != null) {
                arguments.put(parameter, source.pointer().isEmpty() ? placed(source, pointer) : source);
            }
        });
        if (arguments.size() < item.arguments().size()) {
            return null;
        }
        Scope inside = scope.at(path).block(arguments, block.builtIn() ? pointer : null);
        return new Step.Run(flow, entry, List.of(run(Step.Flow.STRAIGHT, block.layers(), inside, true)));
    }

    /** A default of a built-in block was written nowhere in the document. */
    private static Source placed(Source source, String pointer) {
        return switch (source) {
            case Source.Constant constant -> new Source.Constant(pointer, constant.json());
            case Source.OfDecision decided -> new Source.OfDecision(pointer, decided.decision(), decided.options());
            case Source.Measured measured -> new Source.Measured(pointer, measured.axis(), measured.slot());
            case Source.Computed computed -> new Source.Computed(pointer, computed.product(), computed.operands());
        };
    }

    private @Nullable Step choice(Item.OfChoice item, String path, Scope scope, Step.Flow flow) {
        List<String> called = item.alternatives().stream().map(Sequences::name).toList();
        String pointer = item.head().pointer();
        Source source;
        if (item.by() == null) {
            List<JsonNode> options =
                    called.stream().<JsonNode>map(TextNode::valueOf).toList();
            String enclosing = path.contains(".") ? path.substring(0, path.lastIndexOf('.')) : "";
            source = binding.decide(pointer, path, options, Binding.unit(item.unit(), path, enclosing), scope);
        } else {
            source = binding.bind(item.by(), scope, path, scope.path(), Step.TOP);
        }
        return switch (source) {
            case null -> null;
            case Source.Constant constant -> {
                int index = alternative(called, constant.json(), constant.pointer());
                yield index < 0 ? null : only(item, index, called, path, scope, flow);
            }
            case Source.OfDecision decided -> select(item, called, decided, path, scope, flow);
            case Source.Measured _, Source.Computed _ -> {
                binding.wrong(scope.pointer(pointer), "a choice is made by a decision, not by shapes");
                yield null;
            }
        };
    }

    private int alternative(List<String> called, JsonNode option, String pointer) {
        int index = called.indexOf(Literals.text(option));
        if (index < 0) {
            binding.wrong(
                    pointer,
                    "the choice has no alternative called '" + Literals.text(option) + "', only "
                            + String.join(", ", called));
        }
        return index;
    }

    private @Nullable Step only(
            Item.OfChoice item, int index, List<String> called, String path, Scope scope, Step.Flow flow) {
        Step step = item(item.alternatives().get(index), path + '.' + called.get(index), scope, Step.TOP);
        return step == null ? null : new Step.Run(flow, slots++, List.of(step));
    }

    private @Nullable Step select(
            Item.OfChoice item,
            List<String> called,
            Source.OfDecision decided,
            String path,
            Scope scope,
            Step.Flow flow) {
        if (!binding.known(decided, scope)) {
            return null;
        }
        // Several options of a product may mean one alternative, and some none that can be reached here.
        @Nullable Step[] byAlternative = new Step[called.size()];
        List<Step> alternatives = new ArrayList<>();
        for (int option = 0; option < decided.options().size(); option++) {
            int index = alternative(called, decided.options().get(option), decided.pointer());
            if (index < 0) {
                return null;
            }
            if (byAlternative[index] == null) {
                Set<Integer> options = new HashSet<>();
                for (int other = 0; other < decided.options().size(); other++) {
                    if (Literals.text(decided.options().get(other)).equals(called.get(index))) {
                        options.add(other);
                    }
                }
                Condition inner = binding.decisions().and(scope.condition(), decided.decision(), options);
                Step step = inner == null
                        ? new Step.Run(Step.Flow.STRAIGHT, slots++, List.of())
                        : only(item, index, called, path, scope.under(inner), Step.Flow.STRAIGHT);
                if (step == null) {
                    return null;
                }
                byAlternative[index] = step;
            }
            alternatives.add(Objects.requireNonNull(byAlternative[index]));
        }
        return new Step.Select(flow, decided.decision(), alternatives);
    }

    private @Nullable Step repeat(Item.OfRepeat item, String path, Scope scope, Step.Flow flow) {
        Source source = binding.bind(item.count(), scope, path + ".depth", scope.path(), Step.TOP);
        Argument argument = source == null ? null : binding.argument(source, Counts.MEMBER, scope);
        return switch (argument) {
            case null -> null;
            case Argument.Known known -> {
                List<Step> steps = new ArrayList<>();
                for (int i = 1; i <= (Integer) known.value(); i++) {
                    steps.add(repetition(item, i, path, scope));
                }
                yield new Step.Run(flow, slots++, steps);
            }
            case Argument.ByDecision decided -> repeat(item, decided, path, scope, flow);
            case Argument.Late _ -> {
                binding.wrong(
                        scope.pointer(item.count().pointer()),
                        "how often is a number or one decision, and depends on no shape");
                yield null;
            }
        };
    }

    private Step repeat(Item.OfRepeat item, Argument.ByDecision decided, String path, Scope scope, Step.Flow flow) {
        List<Integer> counts =
                decided.values().stream().map(each -> (Integer) each).toList();
        List<Step> steps = new ArrayList<>();
        for (int i = 1; i <= Collections.max(counts); i++) {
            Set<Integer> options = new HashSet<>();
            for (int option = 0; option < counts.size(); option++) {
                if (counts.get(option) >= i) {
                    options.add(option);
                }
            }
            Condition inner = binding.decisions().and(scope.condition(), decided.decision(), options);
            if (inner != null) {
                steps.add(repetition(item, i, path, scope.under(inner)));
            }
        }
        return new Step.Repeat(flow, decided.decision(), counts, steps);
    }

    private Step repetition(Item.OfRepeat item, int number, String path, Scope scope) {
        count(scope, item.head().pointer());
        return run(Step.Flow.STRAIGHT, item.layers(), scope.at(path + ".block" + number), true);
    }

    private Step model(Item.OfModel item, String path, Scope scope, Step.Flow flow) {
        int entry = slots++;
        List<Step> steps = new ArrayList<>();
        int first = slots;
        slots += item.cut().nodes().size();
        for (int i = 0; i < item.cut().nodes().size(); i++) {
            var node = item.cut().nodes().get(i);
            count(scope, item.head().pointer());
            List<Integer> inputs = node.inputs().stream()
                    .map(input -> input == ModelCut.ENTRY ? entry : first + input)
                    .toList();
            String name = path + '.' + node.name();
            Item.Replacement replacement = item.replacements().stream()
                    .filter(each -> each.layers().contains(node.name()))
                    .findFirst()
                    .orElse(null);
            int from = inputs.isEmpty() ? entry : inputs.getFirst();
            if (replacement == null) {
                name(name, item.head().pointer());
                steps.add(new Step.AddReady(
                        new Step.Flow(from, first + i),
                        name,
                        item.head().pointer(),
                        node.layer(),
                        inputs.size() > 1 ? inputs : List.of()));
            } else {
                Scope.Original original = new Scope.Original(name + ".original", node.layer(), inputs);
                Scope inside = scope.at(name).replacing(original);
                steps.add(run(new Step.Flow(from, first + i), replacement.with(), inside, true));
            }
        }
        return new Step.Run(flow, entry, steps);
    }
}
