package io.phyla.evaluators.program;

import io.phyla.evaluators.program.Op.Kind;
import io.phyla.evaluators.program.Place.Region;
import io.phyla.evaluators.program.Place.Room;
import io.phyla.evaluators.program.Schedule.Pass;
import io.phyla.evaluators.program.Value.Extent;
import io.phyla.spaces.design.Operation.Axes;
import io.phyla.spaces.design.Operation.Moment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One direction of a program, laid out and then bound: a schedule as loops over phases, samples, stages and tiles. */
final class Sweep {

    private final Setting setting;
    private final Schedule schedule;
    private final Parking parking;
    private final int firstPass;
    private final Map<Value, Place> parked;
    private final Room kept;
    private final Room scratch = new Room(Region.SCRATCH);
    private final Bases bases = new Bases();
    private final Map<Value, Place> rows = new TreeMap<>(Comparator.comparingInt(Value::id));
    private final Map<Value, Place> tiles = new TreeMap<>(Comparator.comparingInt(Value::id));
    private final List<Place> slots = new ArrayList<>();
    private final Map<Value, MomentSteps.OfBatch> batchMoments = new LinkedHashMap<>();
    private final List<Phase> phases = new ArrayList<>();
    private final List<Value> given;
    private final Place staging;

    private static final class Phase {
        private final List<RowStep> once = new ArrayList<>();
        private final Map<Integer, Draft> drafts = new TreeMap<>();
        private final List<Stage.Spread> spreads = new ArrayList<>();
        private final List<Stage> stages = new ArrayList<>();

        Draft at(int time) {
            return drafts.computeIfAbsent(time, _ -> new Draft());
        }
    }

    /** A stage while it is put together. */
    private static final class Draft {
        private final List<RowStep> steps = new ArrayList<>();
        private final Map<Value, Channels> sources = new LinkedHashMap<>();
        private final List<Stage.Spread> spreads = new ArrayList<>();
        private List<Instruction> code = List.of();
        private Place sums = Place.fixed(Region.SCRATCH, 0);
        private long sumBytes;
    }

    /**
     * @param known rows that an earlier sweep has left
     * @param firstPass where its passes begin in the count over both directions
     * @param parked places of values that are kept, shared by both directions
     * @param kept what stays for the other direction
     * @param leaves whether rows stay for the other direction
     */
    Sweep(
            Setting setting,
            Schedule schedule,
            Map<Value, Place> known,
            Parking parking,
            int firstPass,
            Map<Value, Place> parked,
            Room kept,
            boolean leaves) {
        this.setting = setting;
        this.schedule = schedule;
        this.parking = parking;
        this.firstPass = firstPass;
        this.parked = parked;
        this.kept = kept;
        this.staging = scratch.fixed(setting.ragged() ? 4 * setting.tileBytes() : 0);
        this.given = schedule.rows().stream().filter(it -> it.op().kind() == Kind.GIVEN).toList();
        rows.putAll(known);
        Room room = leaves ? kept : scratch;
        for (Value row : schedule.rows()) {
            rows.put(
                    row,
                    row.extent() == Extent.BATCH
                            ? room.fixed(setting.rowBytes())
                            : room.rows(setting.rowBytes(), setting.batch()));
        }
        for (int phase = 0; phase < schedule.phases(); phase++) {
            phases.add(new Phase());
        }
        for (int i = 0; i < schedule.passes().size(); i++) {
            pass(schedule.passes().get(i), firstPass + i);
        }
        for (Value row : schedule.rows()) {
            row(row);
        }
        phases.forEach(this::finish);
    }

    private void finish(Phase phase) {
        phase.drafts.values().forEach(draft -> phase.stages.add(new Stage(
                setting,
                bases,
                draft.steps,
                draft.spreads,
                draft.sums,
                draft.sumBytes,
                new Code(draft.code),
                staging)));
    }

    private Phase phase(int time) {
        return phases.get(Schedule.phase(time));
    }

    private void pass(Pass pass, int number) {
        Map<Value, Place> ready = new LinkedHashMap<>();
        List<Value> targets = new ArrayList<>(Parking.targets(schedule, pass));
        if (pass.stored() && !schedule.result().full()) {
            targets.add(schedule.result());
        }
        ready.putAll(streams());
        parking.parked().forEach((value, how) -> {
            if (how.from() < number && parked.containsKey(value)) {
                ready.put(value, parked.get(value));
            }
        });
        Draft draft = phase(pass.time()).at(pass.time());
        spread(targets, ready, pass.time(), draft);
        TileCode code = new TileCode(ready, this::slot);
        targets.forEach(code::announce);
        parking.parked().forEach((value, how) -> {
            if (how.from() == number) {
                Place place = how.turned()
                        ? kept.samples(setting.sampleBytes(), setting.batch())
                        : how.far()
                                ? scratch.samples(setting.sampleBytes(), setting.batch())
                                : scratch.sample(setting.sampleBytes());
                parked.put(value, place);
                code.keep(value, place);
            }
        });
        reduce(pass, draft, code);
        if (pass.stored()) {
            Value result = schedule.result();
            Region region = firstPass == 0 ? Region.OUTPUT : Region.INPUT_GRADIENT;
            Place target = new Place(region, 0, setting.sampleBytes(), true);
            if (!ready.containsKey(result) && !parked.containsKey(result)) {
                code.keep(result, target);
            }
            code.store(result, target);
        }
        draft.code = code.instructions();
    }

    private Map<Value, Place> streams() {
        Map<Value, Place> streams = new LinkedHashMap<>();
        for (Value value : schedule.values()) {
            if (value.op().kind() == Kind.STREAM) {
                Region region = value.is(Op.INPUT) ? Region.INPUT : Region.GRADIENT;
                streams.put(value, new Place(region, 0, setting.sampleBytes(), true));
            }
        }
        return streams;
    }

    private Place slot(int number) {
        while (slots.size() <= number) {
            slots.add(scratch.fixed(setting.tileBytes()));
        }
        return slots.get(number);
    }

    /** Rows that elements meet become tiles: those of the batch once, those of a sample in its first pass of a phase. */
    private void spread(List<Value> targets, Map<Value, Place> ready, int time, Draft draft) {
        Set<Value> seen = new HashSet<>();
        Set<Value> met = new TreeSet<>(Comparator.comparingInt(Value::id));
        List<Value> open = new ArrayList<>(targets);
        while (!open.isEmpty()) {
            Value value = open.removeLast();
            if (seen.add(value) && !ready.containsKey(value)) {
                if (value.full()) {
                    open.addAll(value.inputs());
                } else {
                    met.add(value);
                }
            }
        }
        for (Value row : met) {
            boolean fresh = !tiles.containsKey(row);
            Place tile = tiles.computeIfAbsent(row, _ -> scratch.fixed(setting.tileBytes()));
            ready.put(row, tile);
            Stage.Spread spread = new Stage.Spread(place(row), tile);
            if (row.extent() == Extent.BATCH) {
                if (fresh) {
                    phase(time).spreads.add(spread);
                }
            } else if (phase(time).drafts.values().stream().noneMatch(it -> it.spreads.contains(spread))) {
                draft.spreads.add(spread);
            }
        }
    }

    private Place place(Value row) {
        return Objects.requireNonNull(rows.get(row), row::toString);
    }

    /** Sums of one pass lie one after the other, so that they are cleared at once. */
    private void reduce(Pass pass, Draft draft, TileCode code) {
        Map<Value, Set<Moment>> moments = new LinkedHashMap<>();
        List<Value> sums = new ArrayList<>();
        for (Value reduction : pass.reductions()) {
            if (reduction.is(Op.MOMENT)) {
                moments.computeIfAbsent(reduction.first(), _ -> new TreeSet<>())
                        .add(Objects.requireNonNull(reduction.moment()));
            } else {
                sums.add(reduction);
            }
        }
        int count = sums.size();
        for (Set<Moment> wanted : moments.values()) {
            count += kind(wanted) == Channels.Kind.CENTERED ? 3 : 1;
        }
        draft.sumBytes = count * setting.rowBytes();
        draft.sums = scratch.fixed(draft.sumBytes);
        Place next = draft.sums;
        Draft after = phase(pass.time()).at(pass.time() + 1);
        for (Map.Entry<Value, Set<Moment>> each : moments.entrySet()) {
            Value of = each.getKey();
            Channels.Kind kind = kind(each.getValue());
            Place first = next;
            next = next.plus(setting.rowBytes());
            switch (kind) {
                case PLAIN -> code.reduce(Interpreter.SUM, first, List.of(of), List.of());
                case SQUARES -> code.reduce(Interpreter.SUM_OF_PRODUCTS, first, List.of(of, of), List.of());
                case CENTERED -> {
                    Place plain = next;
                    Place squares = next.plus(setting.rowBytes());
                    next = squares.plus(setting.rowBytes());
                    code.reduce(Interpreter.CENTERED, plain, List.of(of), List.of(first, first, squares));
                }
                case ROW -> throw new IllegalStateException("rows are not summed over elements");
            }
            source(after, of, new Channels(setting, bases, kind, first));
        }
        for (Value sum : sums) {
            int kernel = sum.is(Op.SUM) ? Interpreter.SUM : Interpreter.SUM_OF_PRODUCTS;
            code.reduce(kernel, next, sum.inputs(), List.of());
            after.steps.add(
                    new RowSteps.Sum(setting, bases, next, place(sum), new double[setting.channels()]));
            next = next.plus(setting.rowBytes());
        }
    }

    private static Channels.Kind kind(Set<Moment> wanted) {
        if (wanted.contains(Moment.STD) || wanted.size() > 1) {
            return Channels.Kind.CENTERED;
        }
        return wanted.contains(Moment.MEAN) ? Channels.Kind.PLAIN : Channels.Kind.SQUARES;
    }

    private static Channels source(Draft draft, Value of, Channels channels) {
        draft.sources.put(of, channels);
        draft.steps.add(new MomentSteps.Source(channels));
        return channels;
    }

    private void row(Value row) {
        int time = schedule.time(row);
        switch (row.op().kind()) {
            case ELEMENTWISE -> elementwise(row, row.extent() == Extent.BATCH ? phase(time).once : phase(time).at(time).steps);
            case REDUCTION -> {
                if (row.is(Op.MOMENT)) {
                    moment(row);
                }
            }
            case GATHERING -> gather(row);
            case GIVEN -> {
                // Loaded before the run.
            }
            case STREAM -> throw new IllegalStateException(row + " is no row");
        }
    }

    private void elementwise(Value row, List<RowStep> steps) {
        Fusion.Step step = new Fusion(_ -> false).step(row);
        List<Place> places = new ArrayList<>(List.of(place(row)));
        step.operands().forEach(it -> places.add(place(it)));
        steps.add(new RowSteps.Elementwise(new Code(List.of(new Instruction(step.code(), places))), setting));
    }

    private void moment(Value row) {
        Value of = row.first();
        Moment moment = Objects.requireNonNull(row.moment());
        Axes axes = Objects.requireNonNull(row.axes());
        double[] room = new double[setting.channels()];
        int ready = schedule.time(of);
        if (of.extent() == Extent.BATCH) {
            List<RowStep> once = phase(ready).once;
            Channels channels = new Channels(setting, bases, Channels.Kind.ROW, place(of));
            once.add(new MomentSteps.Source(channels));
            if (axes == Axes.BATCH) {
                MomentSteps.OfBatch step = new MomentSteps.OfBatch(setting, bases, channels, moment, place(row));
                batchMoments.put(row, step);
                once.add(new MomentSteps.AtOnce(step));
            } else {
                once.add(new MomentSteps.OfSample(setting, bases, channels, moment, axes, place(row), room));
            }
            return;
        }
        Draft draft = phase(ready).at(of.full() ? ready + 1 : ready);
        Channels known = draft.sources.get(of);
        Channels channels = known != null
                ? known
                : source(draft, of, new Channels(setting, bases, Channels.Kind.ROW, place(of)));
        if (axes == Axes.BATCH) {
            MomentSteps.OfBatch step = new MomentSteps.OfBatch(setting, bases, channels, moment, place(row));
            batchMoments.put(row, step);
            draft.steps.add(step);
        } else {
            draft.steps.add(new MomentSteps.OfSample(setting, bases, channels, moment, axes, place(row), room));
        }
    }

    private void gather(Value row) {
        Value of = row.first();
        double[] room = new double[setting.channels()];
        int ready = schedule.time(of);
        if (row.is(Op.SUM_OF_SAMPLES)) {
            phase(ready).at(ready).steps.add(new RowSteps.SumOfSamples(setting, bases, place(of), place(row), room));
        } else {
            Axes axes = Objects.requireNonNull(row.axes());
            RowStep step = new RowSteps.SumOfChannels(setting, bases, axes, place(of), place(row), room);
            (row.extent() == Extent.BATCH ? phase(ready).once : phase(ready).at(ready).steps).add(step);
        }
    }

    /** Where rows lie, for the other direction. */
    Map<Value, Place> rows() {
        return rows;
    }

    /** Rows that are loaded before each run. */
    List<Value> given() {
        return given;
    }

    long scratchBytes() {
        return scratch.bytes();
    }

    Bases bases() {
        return bases;
    }

    long address(Value row) {
        return bases.at(place(row), 0);
    }

    /** The last run's inside of a batch moment. */
    double[] inside(Value batchMoment) {
        return Objects.requireNonNull(batchMoments.get(batchMoment)).inside();
    }

    void bind() {
        for (Phase phase : phases) {
            for (RowStep step : phase.once) {
                if (step instanceof RowSteps.Elementwise elementwise) {
                    elementwise.code().bind(bases);
                }
            }
            phase.stages.forEach(Stage::bind);
        }
    }

    void run() {
        for (int p = 0; p < phases.size(); p++) {
            Phase phase = phases.get(p);
            for (int i = 0; i < phase.once.size(); i++) {
                phase.once.get(i).sample(0);
            }
            for (int i = 0; i < phase.spreads.size(); i++) {
                Stage.Spread spread = phase.spreads.get(i);
                Kernels.kSpread(
                        bases.at(spread.tile(), 0),
                        bases.at(spread.row(), 0),
                        setting.rowBytes(),
                        setting.tileBytes());
            }
            for (int i = 0; i < phase.stages.size(); i++) {
                phase.stages.get(i).begin();
            }
            for (int sample = 0; sample < setting.batch(); sample++) {
                for (int i = 0; i < phase.stages.size(); i++) {
                    phase.stages.get(i).sample(sample);
                }
            }
            for (int i = 0; i < phase.stages.size(); i++) {
                phase.stages.get(i).end();
            }
        }
    }
}
