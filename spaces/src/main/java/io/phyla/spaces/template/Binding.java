package io.phyla.spaces.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.spaces.schema.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Turns values into sources, making decisions where the document does. */
final class Binding {

    private final Template template;
    private final List<Problem> problems;
    private final DecisionList decisions = new DecisionList();
    private final Map<String, Source.OfDecision> shared = new HashMap<>();
    private int values;

    Binding(Template template, List<Problem> problems) {
        this.template = template;
        this.problems = problems;
        template.decisions().forEach(this::share);
    }

    DecisionList decisions() {
        return decisions;
    }

    void wrong(String pointer, String detail) {
        problems.add(new Problem(pointer, detail));
    }

    private void share(String name, Template.Shared decision) {
        Condition condition = Condition.ALWAYS;
        Item.Guard when = decision.when();
        if (when != null && when.subject() instanceof Value.Decided subject) {
            Source.OfDecision parent = Objects.requireNonNull(shared.get(subject.decision()));
            Set<Integer> options = holding(when, parent.options());
            Condition inner = decisions.and(condition, parent.decision(), options);
            if (inner == null) {
                wrong(when.pointer(), "'" + subject.decision() + "' has no such option left");
            } else {
                condition = inner;
            }
        }
        String unit = decision.unit() == null ? name : decision.unit();
        int index = decisions.add(name, decision.options(), unit, condition);
        shared.put(name, new Source.OfDecision(decision.pointer(), index, decision.options()));
    }

    /** The indices of the options under which a condition holds. */
    static Set<Integer> holding(Item.Guard guard, List<JsonNode> options) {
        return IntStream.range(0, options.size())
                .filter(i -> guard.options().contains(Literals.text(options.get(i))) != guard.negated())
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The source of a value.
     *
     * @param name of a decision made there
     * @param unitPath what a unit's name is put behind
     * @param own the slot of the item's own input
     * @return null after saying what is wrong
     */
    @Nullable
    Source bind(Value value, Scope scope, String name, String unitPath, int own) {
        return switch (value) {
            case Value.Literal literal -> new Source.Constant(scope.pointer(literal.pointer()), literal.json());
            case Value.Choice choice -> {
                String called = choice.name() == null ? name : parent(name) + choice.name();
                yield decide(choice.pointer(), called, choice.options(), unit(choice.unit(), called, unitPath), scope);
            }
            case Value.Decided decided ->
                new Source.OfDecision(
                        decided.pointer(),
                        Objects.requireNonNull(shared.get(decided.decision())).decision(),
                        Objects.requireNonNull(shared.get(decided.decision())).options());
            case Value.Parameter parameter -> scope.parameters().get(parameter.parameter());
            case Value.Dimension dimension ->
                new Source.Measured(
                        scope.pointer(dimension.pointer()),
                        dimension.axis(),
                        dimension.of() == null ? own : scope.slots().get(dimension.of()));
            case Value.Arithmetic arithmetic -> arithmetic(arithmetic, scope, name, unitPath, own);
        };
    }

    private static String parent(String name) {
        return name.substring(0, name.lastIndexOf('.') + 1);
    }

    static String unit(@Nullable String unit, String decision, String path) {
        return unit == null ? decision : path.isEmpty() ? unit : path + '.' + unit;
    }

    /** Makes a decision; null after saying why it cannot be. */
    Source.@Nullable OfDecision decide(String pointer, String name, List<JsonNode> options, String unit, Scope scope) {
        List<Condition.Term> terms = scope.condition().terms();
        if (terms.size() > 1) {
            wrong(
                    scope.pointer(pointer),
                    "decision '" + name + "' would exist only while "
                            + terms.stream().map(decisions::describe).collect(Collectors.joining(" and "))
                            + ", but a decision can depend on one other only; declare it under decisions, with one of "
                            + "these conditions as its when, and refer to it here");
            return null;
        }
        if (decisions.all().size() >= Limits.DECISIONS) {
            throw new TooLarge(
                    scope.pointer(pointer), "the template makes more than " + Limits.DECISIONS + " decisions");
        }
        int index = decisions.add(name, options, unit, scope.condition());
        if (index < 0) {
            wrong(scope.pointer(pointer), "another decision is called '" + name + "'; give one of them a name");
            return null;
        }
        return new Source.OfDecision(scope.pointer(pointer), index, options);
    }

    private @Nullable Source arithmetic(Value.Arithmetic value, Scope scope, String name, String unitPath, int own) {
        String pointer = scope.pointer(value.pointer());
        List<Source> operands = new ArrayList<>();
        Set<Integer> deciding = new TreeSet<>();
        boolean late = false;
        for (Value each : value.operands()) {
            Source operand = bind(each, scope, name, unitPath, own);
            switch (operand) {
                case null -> {
                    return null;
                }
                case Source.Constant constant -> {
                    if (!numeric(List.of(constant.json()), constant.pointer())) {
                        return null;
                    }
                }
                case Source.OfDecision decided -> {
                    if (!numeric(decided.options(), decided.pointer()) || !known(decided, scope)) {
                        return null;
                    }
                    deciding.add(decided.decision());
                }
                case Source.Measured _, Source.Computed _ -> late = true;
            }
            operands.add(operand);
        }
        return late || deciding.size() > 1
                ? new Source.Computed(pointer, value.product(), operands)
                : folded(pointer, value.product(), operands);
    }

    private boolean numeric(List<JsonNode> values, String pointer) {
        for (JsonNode value : values) {
            if (!value.isNumber()) {
                wrong(pointer, "arithmetic needs numbers, not " + Literals.kind(value));
                return false;
            }
        }
        return true;
    }

    /** Counts values that are kept for each option. */
    void spend(List<JsonNode> options, String pointer) {
        values += options.size();
        if (values > Limits.VALUES) {
            throw new TooLarge(
                    pointer,
                    "written out, decisions give values with more than " + Limits.VALUES
                            + " options in all; repeat less or give fewer options");
        }
    }

    /** Whether a decision exists wherever it is used here; says so if not. */
    boolean known(Source.OfDecision decided, Scope scope) {
        if (decisions.exists(decided.decision(), scope.condition())) {
            return true;
        }
        var decision = decisions.all().get(decided.decision());
        var when = Objects.requireNonNull(decision.when());
        wrong(
                decided.pointer(),
                "decision '" + decision.name() + "' exists only under some options of '" + when.decision()
                        + "'; use it only under the same when");
        return false;
    }

    /** Constants and at most one decision make a value per option. */
    private Source folded(String pointer, boolean product, List<Source> operands) {
        Source.OfDecision deciding = null;
        for (Source operand : operands) {
            deciding = operand instanceof Source.OfDecision decided ? decided : deciding;
        }
        int count = deciding == null ? 1 : deciding.options().size();
        List<JsonNode> results = new ArrayList<>();
        for (int option = 0; option < count; option++) {
            double[] numbers = new double[operands.size()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = switch (operands.get(i)) {
                    case Source.Constant constant -> constant.json().doubleValue();
                    case Source.OfDecision decided ->
                        decided.options().get(option).doubleValue();
                    case Source.Measured _, Source.Computed _ -> throw new IllegalStateException("known late");
                };
            }
            results.add(Literals.number(Source.Computed.apply(product, numbers)));
        }
        spend(results, pointer);
        return deciding == null
                ? new Source.Constant(pointer, results.getFirst())
                : new Source.OfDecision(pointer, deciding.decision(), results);
    }

    /** A source as a layer's member; null after saying what does not fit. */
    @Nullable
    Argument argument(Source source, Member member, Scope scope) {
        return switch (source) {
            case Source.Constant constant ->
                fits(List.of(constant.json()), member, constant.pointer())
                        ? new Argument.Known(member.value(constant.json()))
                        : null;
            case Source.OfDecision decided -> {
                spend(decided.options(), decided.pointer());
                boolean sound = known(decided, scope) && fits(decided.options(), member, decided.pointer());
                yield sound
                        ? new Argument.ByDecision(
                                decided.decision(),
                                decided.options().stream().map(member::value).toList())
                        : null;
            }
            case Source.Measured _, Source.Computed _ -> new Argument.Late(source, member);
        };
    }

    private boolean fits(List<JsonNode> values, Member member, String pointer) {
        for (JsonNode value : values) {
            String fault = member.fault(value);
            if (fault != null) {
                wrong(pointer, fault);
                return false;
            }
        }
        return true;
    }

    /** The block of this name. */
    Template.Block block(String name) {
        return Objects.requireNonNull(template.blocks().get(name));
    }
}
