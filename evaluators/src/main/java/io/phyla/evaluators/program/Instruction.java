package io.phyla.evaluators.program;

import java.util.List;

/**
 * One kernel's call.
 *
 * @param code of {@link Interpreter}
 * @param places where the result goes, then the operands
 */
record Instruction(int code, List<Place> places) {}
