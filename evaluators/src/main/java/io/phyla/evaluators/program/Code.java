package io.phyla.evaluators.program;

import io.phyla.evaluators.program.Place.Region;
import java.util.ArrayList;
import java.util.List;

/** Instructions with their addresses, some of which go on from tile to tile or from sample to sample. */
final class Code {

    private final List<Instruction> instructions;
    private final long[] table;
    private final int[] changing;
    private final Place[] places;
    private final long[] starts;
    private final long[] perSample;
    private final long[] perByte;

    Code(List<Instruction> instructions) {
        this.instructions = instructions;
        this.table = new long[instructions.size() * Interpreter.WIDTH];
        List<Integer> indices = new ArrayList<>();
        List<Place> moving = new ArrayList<>();
        for (int i = 0; i < instructions.size(); i++) {
            table[i * Interpreter.WIDTH] = instructions.get(i).code();
            List<Place> operands = instructions.get(i).places();
            for (int operand = 0; operand < operands.size(); operand++) {
                if (operands.get(operand).changes()) {
                    indices.add(i * Interpreter.WIDTH + 1 + operand);
                    moving.add(operands.get(operand));
                }
            }
        }
        changing = indices.stream().mapToInt(Integer::intValue).toArray();
        places = moving.toArray(Place[]::new);
        starts = new long[changing.length];
        perSample = moving.stream().mapToLong(Place::perSample).toArray();
        perByte = moving.stream().mapToLong(it -> it.moves() ? 1 : 0).toArray();
    }

    boolean isEmpty() {
        return instructions.isEmpty();
    }

    void bind(Bases bases) {
        for (int i = 0; i < instructions.size(); i++) {
            List<Place> operands = instructions.get(i).places();
            for (int operand = 0; operand < operands.size(); operand++) {
                table[i * Interpreter.WIDTH + 1 + operand] = bases.at(operands.get(operand), 0);
            }
        }
        for (int i = 0; i < changing.length; i++) {
            starts[i] = bases.at(places[i], 0);
        }
    }

    /** @param offset bytes from the sample's start */
    void locate(int sample, long offset) {
        for (int i = 0; i < changing.length; i++) {
            table[changing[i]] = starts[i] + perSample[i] * sample + perByte[i] * offset;
        }
    }

    /** What lies in this region lies there for now. */
    void relocate(Region region, long address) {
        for (int i = 0; i < changing.length; i++) {
            if (places[i].region() == region) {
                table[changing[i]] = address;
            }
        }
    }

    boolean touches(Region region) {
        for (Place place : places) {
            if (place.region() == region) {
                return true;
            }
        }
        return false;
    }

    void run(Setting setting, long size, boolean first) {
        Interpreter.run(table, setting.epsilon(), setting.rowBytes(), size, first);
    }
}
