package io.phyla.evaluators.program;

import io.phyla.evaluators.program.Op.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The instructions of one pass over a tile: what is wanted, whatever that is made of before it, in as few slots as possible. */
final class TileCode {

    private final Map<Value, Place> ready;
    private final IntFunction<Place> slots;
    private final Map<Value, Integer> readers = new HashMap<>();
    private final Map<Value, Operand> made = new HashMap<>();
    private final Map<Value, Place> targets = new HashMap<>();
    private final List<Draft> drafts = new ArrayList<>();
    private final Fusion fusion = new Fusion(this::lone);
    private int temporaries;

    /** A place, or the temporary with this number. */
    private record Operand(@Nullable Place place, int temporary) {}

    private record Draft(int code, Operand target, List<Operand> operands) {}

    /** A value that is being worked out, and those of its operands that are. */
    private record Open(Value value, Fusion.Step step, List<Operand> operands) {}

    /**
     * @param ready where values lie that are not worked out
     * @param slots gives places to temporaries, by number
     */
    TileCode(Map<Value, Place> ready, IntFunction<Place> slots) {
        this.ready = ready;
        this.slots = slots;
    }

    /** Says beforehand that a value will be wanted. */
    void announce(Value value) {
        List<Value> open = new ArrayList<>(List.of(value));
        while (!open.isEmpty()) {
            Value next = open.removeLast();
            if (readers.merge(next, 1, Integer::sum) == 1 && !ready.containsKey(next)) {
                open.addAll(next.inputs());
            }
        }
    }

    /** The value is to be written there as soon as it is worked out. */
    void keep(Value value, Place target) {
        readers.merge(value, 1, Integer::sum);
        targets.put(value, target);
    }

    /** Makes sure that the value is at its place. */
    void store(Value value, Place target) {
        Operand operand = operand(value);
        if (!target.equals(operand.place())) {
            drafts.add(new Draft(Interpreter.COPY, new Operand(target, -1), List.of(operand)));
        }
    }

    /** @param rows where the sums go, and what else the kernel needs besides its operands */
    void reduce(int code, Place target, List<Value> values, List<Place> rows) {
        List<Operand> operands = new ArrayList<>();
        values.forEach(it -> operands.add(operand(it)));
        rows.forEach(it -> operands.add(new Operand(it, -1)));
        drafts.add(new Draft(code, new Operand(target, -1), operands));
    }

    private boolean lone(Value value) {
        return value.full()
                && value.op().kind() == Kind.ELEMENTWISE
                && !ready.containsKey(value)
                && !made.containsKey(value)
                && readers.getOrDefault(value, 0) == 1;
    }

    /** Works a value out, whatever it is made of before it; long programs are deeper than the stack. */
    private Operand operand(Value value) {
        List<Open> open = new ArrayList<>();
        Operand last = enter(value, open);
        while (!open.isEmpty()) {
            Open top = open.getLast();
            if (last != null) {
                top.operands().add(last);
            }
            List<Value> wanted = top.step().operands();
            if (top.operands().size() < wanted.size()) {
                last = enter(wanted.get(top.operands().size()), open);
            } else {
                open.removeLast();
                last = make(top);
            }
        }
        return Objects.requireNonNull(last);
    }

    /** Where the value lies, or nothing: then it is open. */
    private @Nullable Operand enter(Value value, List<Open> open) {
        Place place = ready.get(value);
        if (place != null) {
            return new Operand(place, -1);
        }
        Operand before = made.get(value);
        if (before == null) {
            open.add(new Open(value, fusion.step(value), new ArrayList<>()));
        }
        return before;
    }

    private Operand make(Open open) {
        Place target = targets.get(open.value());
        Operand result = target == null ? new Operand(null, temporaries++) : new Operand(target, -1);
        drafts.add(new Draft(open.step().code(), result, open.operands()));
        made.put(open.value(), result);
        return result;
    }

    /** With temporaries in slots that are free again after their last reader. */
    List<Instruction> instructions() {
        int[] last = new int[temporaries];
        for (int i = 0; i < drafts.size(); i++) {
            for (Operand operand : drafts.get(i).operands()) {
                if (operand.temporary() >= 0) {
                    last[operand.temporary()] = i;
                }
            }
        }
        int[] slot = new int[temporaries];
        Arrays.fill(slot, -1);
        List<Boolean> taken = new ArrayList<>();
        List<Instruction> instructions = new ArrayList<>();
        for (int i = 0; i < drafts.size(); i++) {
            Draft draft = drafts.get(i);
            List<Place> places = new ArrayList<>();
            for (Operand operand : draft.operands()) {
                places.add(operand.place() == null ? slots.apply(slot[operand.temporary()]) : operand.place());
            }
            for (Operand operand : draft.operands()) {
                if (operand.temporary() >= 0 && last[operand.temporary()] == i) {
                    taken.set(slot[operand.temporary()], false);
                }
            }
            Operand target = draft.target();
            if (target.place() == null) {
                int free = taken.indexOf(false);
                if (free < 0) {
                    free = taken.size();
                    taken.add(true);
                }
                taken.set(free, true);
                slot[target.temporary()] = free;
            }
            places.addFirst(target.place() == null ? slots.apply(slot[target.temporary()]) : target.place());
            instructions.add(new Instruction(draft.code(), places));
        }
        return instructions;
    }
}
