package io.phyla.spaces.drawing;

import java.util.List;

/**
 * What one rectangle of a drawing stands for: a layer and what only follows or prepares it, as in
 * {@code 3x3 conv 32 · BN · ReLU}.
 *
 * @param members nodes of the network, in order
 * @param inputs boxes it reads, by index, each once
 * @param group what the names of its layers have in common with those of its neighbours ({@code stage1.cell0}); may be empty
 */
record Box(List<Integer> members, List<Integer> inputs, LayerKind kind, String group, String title, String detail) {

    Box {
        members = List.copyOf(members);
        inputs = List.copyOf(inputs);
    }

    int last() {
        return members.getLast();
    }
}
